package govcloud.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of a door.
 *
 * @param certificate PEM, the own certificate first; or PKCS #12 with certificates and key
 * @param key PEM, PKCS #8, readable by its owner alone; may be the same file
 * @param password file whose first line opens the PKCS #12 file, readable by its owner alone; none:
 *     the files are PEM
 * @param authorities PEM, those whose certificates the other side must show; none: it shows none
 * @param peerName a DNS name that the other side's certificate must hold; empty: any
 */
public record TlsFiles(
    Path certificate,
    Path key,
    Optional<Path> password,
    Optional<Path> authorities,
    String peerName) {

  /** The files of a door in PEM. */
  public TlsFiles(Path certificate, Path key, Optional<Path> authorities, String peerName) {
    this(certificate, key, Optional.empty(), authorities, peerName);
  }

  /** A door that asks nobody for a certificate. */
  public static TlsFiles server(Path certificate, Path key) {
    return new TlsFiles(certificate, key, Optional.empty(), "");
  }

  /** The same with certificates and key in one PKCS #12 file. */
  public static TlsFiles server(TlsStore store) {
    return new TlsFiles(
        store.file(), store.file(), Optional.of(store.password()), Optional.empty(), "");
  }

  /**
   * A PKCS #12 file.
   *
   * @param file with one key and its certificates, readable by its owner alone
   * @param password file whose first line opens it, readable by its owner alone
   */
  public record TlsStore(Path file, Path password) {}

  /** The same door, which asks for certificates of these authorities. */
  public TlsFiles asking(Path authority, String name) {
    return new TlsFiles(certificate, key, password, Optional.of(authority), name);
  }

  /**
   * Whether a test holds for the password of a store; for PEM it does not.
   *
   * @throws PkiException when its file is not usable
   */
  public boolean hasPassword(Predicate<String> test) throws PkiException {
    return password.isPresent() && test.test(new String(StoreFile.firstLine(password.get())));
  }

  /** By what the door is known. */
  Identity identity() throws PkiException {
    return password.isPresent()
        ? StoreFile.read(certificate, password.get())
        : Identity.read(certificate, key);
  }

  /** Changes when a file does. */
  String state() {
    StringBuilder state = new StringBuilder();
    List<Path> files =
        Stream.of(Stream.of(certificate, key), password.stream(), authorities.stream())
            .flatMap(each -> each)
            .toList();
    for (Path file : files) {
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
