package govcloud.localcassandra;

import govcloud.localcassandra.launcher.Launcher;
import govcloud.localcassandra.launcher.Roles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The class data that Cassandra's JVMs share: classes as the JVM keeps them in memory, made by the
 * first JVM that ends in order and mapped by every later one. Lies beside the jars, in a folder
 * named after everything it depends on, so that it is never stale.
 *
 * @param folder where launcher and archive are
 */
record ClassArchive(Path folder) {
  private static final List<Class<?>> LAUNCHER = List.of(Launcher.class, Roles.class);
  private static final int NAME_LENGTH = 16;

  /** The archive for these jars and this Java; its folder is created. */
  static ClassArchive of(CassandraLibrary library, JavaHome java) throws IOException {
    MessageDigest digest = sha256();
    digest.update(Files.readAllBytes(java.folder().resolve("release")));
    for (Class<?> type : LAUNCHER) {
      digest.update(code(type));
    }
    for (Path jar : library.jars()) {
      String version = jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
      digest.update(version.getBytes(StandardCharsets.UTF_8));
    }
    String name = HexFormat.of().formatHex(digest.digest()).substring(0, NAME_LENGTH);
    ClassArchive archive =
        new ClassArchive(library.folder().resolveSibling("cassandra-cds/" + name));
    Files.createDirectories(archive.folder);
    archive.writeLauncher();
    return archive;
  }

  /**
   * A jar with the launcher alone: the JVM archives no classes when a folder is on the class path.
   */
  Path launcher() {
    return folder.resolve("launcher.jar");
  }

  /** Options for a JVM that uses the archive, or makes it at its end when there is none. */
  List<String> options(Path made) {
    return Files.exists(archive())
        ? List.of("-XX:SharedArchiveFile=" + archive(), "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
        : List.of("-XX:ArchiveClassesAtExit=" + made, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  }

  boolean exists() {
    return Files.exists(archive());
  }

  /** Takes what a JVM made at its end; several may have, the last one stays. */
  void adopt(Path made) throws IOException {
    if (Files.exists(made) && !exists()) {
      Path beside = Files.createTempFile(folder, "classes", ".tmp");
      Files.move(made, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, archive(), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private Path archive() {
    return folder.resolve("classes.jsa");
  }

  private void writeLauncher() throws IOException {
    if (Files.exists(launcher())) {
      return;
    }
    Path beside = Files.createTempFile(folder, "launcher", ".tmp");
    try (OutputStream out = Files.newOutputStream(beside);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Class<?> type : LAUNCHER) {
        JarEntry entry = new JarEntry(file(type));
        entry.setTime(0);
        jar.putNextEntry(entry);
        jar.write(code(type));
        jar.closeEntry();
      }
    }
    if (Files.exists(launcher())) {
      Files.delete(beside);
    } else {
      Files.move(beside, launcher(), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String file(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  private static byte[] code(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream("/" + file(type))) {
      return in.readAllBytes();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
