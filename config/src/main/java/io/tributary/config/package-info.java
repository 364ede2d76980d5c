/**
 * The configuration: one record per feature, read by {@link io.tributary.config.ConfigLoader} from
 * one YAML file and the environment. What every key means and its default stand in {@code
 * tributary.yaml} beside these classes.
 */
@NullMarked
package io.tributary.config;

import org.jspecify.annotations.NullMarked;
