package io.tributary.server.node;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tells whoever started this node where it listens: {@code {"smtp":"127.0.0.1:2525",…}}. */
final class FacesFile {
  private FacesFile() {}

  /** Whole or not at all: a reader never sees half of it. */
  static void write(Path file, Faces faces) {
    JsonObject json = new JsonObject();
    put(json, "smtp", faces.smtp());
    put(json, "http", faces.http());
    put(json, "grpc", faces.grpc());
    put(json, "ops", faces.ops());
    try {
      Path draft = Files.createTempFile(folder(file), "faces", ".tmp");
      Files.writeString(draft, json.encode() + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void put(JsonObject json, String name, Faces.Face face) {
    if (!face.equals(Faces.Face.NONE)) {
      json.put(name, face.toString());
    }
  }

  private static Path folder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return Files.createDirectories(folder == null ? Path.of("/") : folder);
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
