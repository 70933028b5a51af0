package govcloud.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a door.
 *
 * @param certificate PEM, the own certificate first
 * @param key PEM, PKCS #8, readable by its owner alone; may be the same file
 * @param authorities PEM, those whose certificates the other side must show; none: it shows none
 * @param peerName a DNS name that the other side's certificate must hold; empty: any
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> authorities, String peerName) {

  /** A door that asks nobody for a certificate. */
  public static TlsFiles server(Path certificate, Path key) {
    return new TlsFiles(certificate, key, Optional.empty(), "");
  }

  /** Changes when a file does. */
  String state() {
    StringBuilder state = new StringBuilder();
    for (Path file : Stream.concat(Stream.of(certificate, key), authorities.stream()).toList()) {
      try {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        state.append(List.of(is.lastModifiedTime(), is.size(), String.valueOf(is.fileKey())));
      } catch (IOException e) {
        state.append("none");
      }
    }
    return state.toString();
  }
}
