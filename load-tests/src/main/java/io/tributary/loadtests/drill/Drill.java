package io.tributary.loadtests.drill;

/**
 * One drill.
 *
 * @param name as on the command line
 * @param cells that it needs, each of two nodes
 */
record Drill(String name, int cells, Harm harm) {}
