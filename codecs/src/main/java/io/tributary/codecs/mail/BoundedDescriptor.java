package io.tributary.codecs.mail;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.BodyDescriptorBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;

/**
 * Learns from header fields what a body is. Fields that describe a body and are longer than any
 * honest one are not parsed, since that takes time quadratic in the number of their parameters.
 */
final class BoundedDescriptor implements BodyDescriptorBuilder {
  private static final int FIELD_BYTES_MAX = 16 * 1024;

  private final BodyDescriptorBuilder builder;

  private BoundedDescriptor(BodyDescriptorBuilder builder) {
    this.builder = builder;
  }

  static BodyDescriptorBuilder lenient() {
    return new BoundedDescriptor(
        new DefaultBodyDescriptorBuilder(
            null, LenientFieldParser.getParser(), DecodeMonitor.SILENT));
  }

  @Override
  public void reset() {
    builder.reset();
  }

  @Override
  public Field addField(RawField field) throws MimeException {
    boolean describes = field.getNameLowerCase().startsWith("content-");
    return describes && field.getRaw().length() > FIELD_BYTES_MAX ? field : builder.addField(field);
  }

  @Override
  public BodyDescriptor build() {
    return builder.build();
  }

  @Override
  public BodyDescriptorBuilder newChild() {
    return new BoundedDescriptor(builder.newChild());
  }
}
