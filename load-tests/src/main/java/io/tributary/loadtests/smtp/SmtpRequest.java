package io.tributary.loadtests.smtp;

import io.gatling.core.action.Action;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.Session;
import io.tributary.loadtests.Mail;
import java.util.function.Function;

/**
 * The step of a scenario that sends one mail: {@code exec(new SmtpRequest("mail", …))}. It leaves
 * the {@link Outcome} in the session's attribute {@link #OUTCOME}.
 *
 * @param name under which Gatling counts it
 * @param mail which one, from the session
 */
public record SmtpRequest(String name, Function<Session, Mail> mail) implements ActionBuilder {
  public static final String OUTCOME = "smtpOutcome";

  @Override
  public io.gatling.core.action.builder.ActionBuilder asScala() {
    return new Builder(this);
  }

  private record Builder(SmtpRequest request)
      implements io.gatling.core.action.builder.ActionBuilder {
    @Override
    public Action build(ScenarioContext context, Action next) {
      SmtpComponents components = context.protocolComponentsRegistry().components(SmtpProtocol.KEY);
      return new SmtpAction(request, context.coreComponents(), components, next);
    }
  }
}
