package io.tributary.cli.api;

import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import io.tributary.cli.shell.Table;
import io.tributary.v1.AdminServiceGrpcClient;
import io.tributary.v1.CellState;
import io.tributary.v1.ListCellsRequest;
import io.tributary.v1.ListCellsResponse;
import io.tributary.v1.PinUserRequest;
import io.tributary.v1.PinUserResponse;
import io.tributary.v1.SetCellWeightRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cell list|weight|pin|unpin}. */
@Command(
    name = "cell",
    description = "The cells that users are spread over.",
    mixinStandardHelpOptions = true,
    subcommands = {
      CellCommand.ListAll.class,
      CellCommand.Weight.class,
      CellCommand.Pin.class,
      CellCommand.Unpin.class
    })
public final class CellCommand extends Noun {
  private static final int COLUMN_MAX = 60;

  /** What a command that changes cells shows in the end. */
  private abstract static class Showing extends ApiCommand {
    Showing(Shell shell) {
      super(shell);
    }

    final int show(ListCellsResponse cells) {
      if (json()) {
        cells.getCellsList().forEach(this::print);
        return 0;
      }
      shell().out().println("slot table version " + cells.getTableVersion());
      Table table = new Table(COLUMN_MAX, "CELL", "WEIGHT", "SLOTS", "NODES", "RING", "STATE");
      cells.getCellsList().forEach(cell -> add(table, cell));
      table.lines().forEach(shell().out()::println);
      return 0;
    }

    private static void add(Table table, CellState cell) {
      table.add(
          cell.getName(),
          Integer.toString(cell.getWeight()),
          Integer.toString(cell.getSlots()),
          Integer.toString(cell.getNodes()),
          Long.toString(cell.getRingVersion()),
          state(cell));
    }

    private static String state(CellState cell) {
      if (!cell.getTrouble().isEmpty()) {
        return cell.getTrouble();
      }
      return cell.getNodes() == 0 ? "no node is up" : "well";
    }
  }

  @Command(
      name = "list",
      description = "All cells, as the node that is asked sees them.",
      mixinStandardHelpOptions = true)
  static final class ListAll extends Showing {
    ListAll(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      return show(
          api.call(AdminServiceGrpcClient.ListCells, ListCellsRequest.getDefaultInstance()));
    }
  }

  @Command(
      name = "weight",
      description = "Gives a cell another part of the new users; those who are there stay.",
      mixinStandardHelpOptions = true)
  static final class Weight extends Showing {
    @Parameters(index = "0", paramLabel = "CELL")
    private String cell = "";

    @Parameters(index = "1", paramLabel = "WEIGHT", description = "0 to 1000; 0: no new users.")
    private int weight;

    Weight(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      SetCellWeightRequest request =
          SetCellWeightRequest.newBuilder().setCell(cell).setWeight(weight).build();
      return show(api.call(AdminServiceGrpcClient.SetCellWeight, request));
    }
  }

  @Command(
      name = "pin",
      description = "Keeps a user in the cell that they live in, whatever becomes of their slot.",
      mixinStandardHelpOptions = true)
  static final class Pin extends ApiCommand {
    @Parameters(index = "0", paramLabel = "USER")
    private String user = "";

    @Parameters(index = "1", paramLabel = "CELL", description = "Where they live now.")
    private String cell = "";

    Pin(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      var request = PinUserRequest.newBuilder().setUser(user).setCell(cell).build();
      PinUserResponse pinned = api.call(AdminServiceGrpcClient.PinUser, request);
      shell().out().println(Plain.line(user + " stays in cell " + pinned.getCell()));
      return 0;
    }
  }

  @Command(
      name = "unpin",
      description = "A user's slot decides again where they live.",
      mixinStandardHelpOptions = true)
  static final class Unpin extends ApiCommand {
    @Parameters(index = "0", paramLabel = "USER")
    private String user = "";

    Unpin(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      var request = PinUserRequest.newBuilder().setUser(user).build();
      PinUserResponse now = api.call(AdminServiceGrpcClient.PinUser, request);
      shell().out().println(Plain.line(user + " has no pin; lives in cell " + now.getCell()));
      return 0;
    }
  }
}
