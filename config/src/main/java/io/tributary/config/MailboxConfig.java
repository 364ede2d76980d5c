package io.tributary.config;

/**
 * The mailboxes a node serves.
 *
 * @param queueMax deliveries of one mailbox that wait for its log
 * @param queueBytesMax their bytes, together
 */
public record MailboxConfig(
    @Range(min = 1, max = 256) int shards,
    @Range(min = 1_048_576, max = 1_099_511_627_776L) long cacheBytesMax,
    @Range(min = 1, max = 1_000_000) int queueMax,
    @Range(min = 65_536, max = 17_179_869_184L) long queueBytesMax) {}
