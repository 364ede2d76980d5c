package io.tributary.config;

/** How nodes share a cell's mailboxes. */
public record RingConfig(@Range(min = 1, max = 4_096) int tokens) {}
