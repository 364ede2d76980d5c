/** Fakes and fixtures for the tests of the node. */
@org.jspecify.annotations.NullMarked
package io.tributary.server.testing;
