package io.tributary.config;

/**
 * A cell, as it is written down at first.
 *
 * @param weight its part of the slots, and so of the users; 0: none
 * @param zookeeper its own; empty: the one that all cells share
 */
public record FoundingCellConfig(
    @Text(regex = NodeConfig.CELL, allowed = NodeConfig.CELL_ALLOWED) String name,
    @Range(min = 0, max = 1_000) @IfAbsent("100") int weight,
    @Text(regex = "|" + ZooKeeperConfig.CONNECT, allowed = Text.CONNECT_ALLOWED) @IfAbsent("")
        String zookeeper) {}
