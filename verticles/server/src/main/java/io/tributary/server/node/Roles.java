package io.tributary.server.node;

import io.tributary.config.NodeConfig;

/** What this process does. */
record Roles(NodeConfig node) {
  boolean mailboxes() {
    return node.is("mailbox");
  }

  boolean smtp() {
    return node.is("smtp");
  }

  boolean sms() {
    return node.is("sms");
  }

  boolean chat() {
    return node.is("chat");
  }

  boolean api() {
    return node.is("api");
  }

  boolean http() {
    return sms() || chat() || api();
  }
}
