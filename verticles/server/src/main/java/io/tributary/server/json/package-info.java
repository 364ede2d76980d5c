/** The JSON face of the API: the same services over HTTP, as {@code openapi.json} describes it. */
@NullMarked
package io.tributary.server.json;

import org.jspecify.annotations.NullMarked;
