/** What providers of text messages send: bodies, signatures, segments, senders. */
@NullMarked
package io.tributary.codecs.sms;

import org.jspecify.annotations.NullMarked;
