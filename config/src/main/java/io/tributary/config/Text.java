package io.tributary.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The whole of a text must match this expression; so must each item of a list. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Text {
  String HOST = "[A-Za-z0-9]([A-Za-z0-9.-]{0,253}[A-Za-z0-9])?|\\[?[0-9A-Fa-f:.]{2,45}\\]?";
  String HOST_ALLOWED = "an IP address to listen on, or a host's name";
  String DOMAIN = "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*";
  String DOMAIN_ALLOWED =
      "a domain in lower case ASCII, such as example.com or xn--bcher-kva.example";
  String CONNECT = "[A-Za-z0-9.-]+:[0-9]{1,5}(,[A-Za-z0-9.-]+:[0-9]{1,5})*";
  String CONNECT_ALLOWED = "host:port, or several with ',', then perhaps /path";
  String NAMESPACE = "[A-Za-z0-9_]{1,64}";
  String NAMESPACE_ALLOWED = "1 to 64 of A-Z, a-z, 0-9 and '_'";
  String USER_NAME = "[a-z0-9][a-z0-9._-]{0,63}";
  String USER_NAME_ALLOWED =
      "1 to 64 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit";

  String regex();

  /** The same in words, for people. */
  String allowed();
}
