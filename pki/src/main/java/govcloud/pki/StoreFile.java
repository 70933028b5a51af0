package govcloud.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A key with its certificates in one file with a password (PKCS #12, RFC 7292). */
final class StoreFile {

  private StoreFile() {}

  /**
   * Reads the one key of a store.
   *
   * @param password file whose first line opens it
   * @throws PkiException when a file is not usable, others can read it, the password is another
   *     one, or there is not exactly one key
   */
  static Identity read(Path store, Path password) throws PkiException {
    SecretFile.require(store);
    SecretFile.require(password);
    char[] secret = firstLine(password);
    byte[] content = bytes(store);
    try {
      KeyStore opened = KeyStore.getInstance("PKCS12");
      opened.load(new ByteArrayInputStream(content), secret);
      return only(store, opened, secret).requirePair(store, store);
    } catch (GeneralSecurityException | IOException e) {
      boolean wrong = e.getCause() instanceof UnrecoverableKeyException;
      throw new PkiException(
          PkiDefect.TLS_KEY_UNREADABLE,
          store
              + (wrong
                  ? ": closed to the password in " + password + " (expected: its own)"
                  : ": " + e.getClass().getSimpleName() + " (expected: a readable PKCS #12 file)"),
          e);
    } finally {
      Arrays.fill(secret, '\0');
      Arrays.fill(content, (byte) 0);
    }
  }

  private static Identity only(Path store, KeyStore opened, char[] secret)
      throws GeneralSecurityException, PkiException {
    Identity found = null;
    int keys = 0;
    for (String alias : Collections.list(opened.aliases())) {
      if (opened.isKeyEntry(alias)) {
        keys++;
        Certificate[] chain = opened.getCertificateChain(alias);
        if (opened.getKey(alias, secret) instanceof PrivateKey key && chain != null) {
          found = new Identity(certificates(chain), key);
        }
      }
    }
    if (keys != 1 || found == null) {
      throw new PkiException(
          PkiDefect.TLS_KEY_UNREADABLE,
          store + ": " + keys + " keys with certificates (expected: exactly one)");
    }
    return found;
  }

  private static List<X509Certificate> certificates(Certificate[] chain) {
    return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
  }

  /** The password in a file: Java opens these stores with ASCII alone. */
  static char[] firstLine(Path file) throws PkiException {
    byte[] content = bytes(file);
    try {
      int end = 0;
      while (end < content.length && content[end] != '\n' && content[end] != '\r') {
        end++;
      }
      char[] line = new char[end];
      boolean ascii = end > 0;
      for (int i = 0; i < end; i++) {
        line[i] = (char) content[i];
        ascii &= content[i] >= ' ';
      }
      if (!ascii) {
        throw new PkiException(
            PkiDefect.TLS_KEY_UNREADABLE,
            file + ": " + end + " bytes (expected: a password in ASCII on one line)");
      }
      return line;
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static byte[] bytes(Path file) throws PkiException {
    try {
      if (Files.size(file) > PemFile.LARGEST) {
        throw new PkiException(
            PkiDefect.TLS_FILE_UNUSABLE,
            file + ": " + Files.size(file) + " bytes (expected: <= " + PemFile.LARGEST + ")");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw PemFile.unusable(file, e);
    }
  }
}
