@org.jspecify.annotations.NullMarked
package io.tributary.server.api;
