package govcloud.journal.schema;

import static govcloud.journal.schema.SchemaException.Code.SCHEMA_FAILED;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The migrations in the class path folder {@code cassandra/}, in a jar or in a folder. */
final class PackagedMigrations {
  private static final String FOLDER = "cassandra";

  private PackagedMigrations() {}

  static List<Migration> read() {
    List<Migration> migrations = new ArrayList<>();
    try {
      ClassLoader loader = PackagedMigrations.class.getClassLoader();
      for (URL root : Collections.list(loader.getResources(FOLDER))) {
        migrations.addAll(readRoot(root.toURI()));
      }
    } catch (IOException | URISyntaxException e) {
      throw new SchemaException(
          SCHEMA_FAILED, "class path folder cassandra/: " + e + " (expected: readable)", e);
    }
    return migrations;
  }

  private static List<Migration> readRoot(URI root) throws IOException {
    if (!root.getScheme().equals("jar")) {
      return readFolder(Path.of(root));
    }
    String inside = root.getSchemeSpecificPart();
    Path jar = Path.of(URI.create(inside.substring(0, inside.indexOf("!/"))));
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      return readFolder(files.getPath("/" + FOLDER));
    }
  }

  private static List<Migration> readFolder(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.filter(file -> Migration.isFileName(file.getFileName().toString())).toList();
    }
    List<Migration> migrations = new ArrayList<>();
    for (Path file : files) {
      migrations.add(Migration.parse(file.getFileName().toString(), Files.readString(file)));
    }
    return migrations;
  }
}
