package io.tributary.server.cell;

import java.util.Optional;

/** How the cells are, as this process sees them. From memory, safe for any thread. */
public interface CellStates {
  /** All is well, as far as anyone knows. */
  CellStates WELL =
      new CellStates() {
        @Override
        public Optional<String> silence(String cell) {
          return Optional.empty();
        }

        @Override
        public Optional<String> trouble(String cell) {
          return Optional.empty();
        }
      };

  /** Why nobody there can be asked, for senders; empty if they can. */
  Optional<String> silence(String cell);

  /** Why nothing can be stored there, for senders; empty if it can. */
  Optional<String> trouble(String cell);
}
