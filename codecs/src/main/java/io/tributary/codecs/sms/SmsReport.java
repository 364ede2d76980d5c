package io.tributary.codecs.sms;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.SmsStatus.State;
import java.util.Optional;

/**
 * What a provider tells of an SMS that went out.
 *
 * @param account the provider's own id of the account, if the body says it
 * @param id the provider's, 1 to 128 characters
 * @param from the number it was sent from, which is a user's here
 */
public record SmsReport(Optional<String> account, String id, Address from, State state) {}
