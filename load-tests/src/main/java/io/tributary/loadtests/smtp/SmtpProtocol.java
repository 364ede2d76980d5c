package io.tributary.loadtests.smtp;

import io.gatling.core.CoreComponents;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.protocol.Protocol;
import io.gatling.core.protocol.ProtocolKey;
import io.gatling.javaapi.core.ProtocolBuilder;
import java.net.InetSocketAddress;
import scala.Function1;

/** Gatling's word for where the mail goes: part of a simulation's {@code setUp(…).protocols(…)}. */
public record SmtpProtocol(InetSocketAddress server) implements Protocol, ProtocolBuilder {
  static final ProtocolKey<SmtpProtocol, SmtpComponents> KEY = new Key();

  @Override
  public Protocol protocol() {
    return this;
  }

  private static final class Key implements ProtocolKey<SmtpProtocol, SmtpComponents> {
    @Override
    @SuppressWarnings("unchecked") // Gatling declares it so, whatever the protocol
    public Class<Protocol> protocolClass() {
      return (Class<Protocol>) (Class<?>) SmtpProtocol.class;
    }

    @Override
    public SmtpProtocol defaultProtocolValue(GatlingConfiguration configuration) {
      throw new IllegalStateException("name the server: protocols(new SmtpProtocol(...))");
    }

    @Override
    public Function1<SmtpProtocol, SmtpComponents> newComponents(CoreComponents core) {
      return protocol -> new SmtpComponents(core, protocol.server());
    }
  }
}
