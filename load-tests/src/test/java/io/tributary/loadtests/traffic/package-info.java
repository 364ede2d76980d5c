@org.jspecify.annotations.NullMarked
package io.tributary.loadtests.traffic;
