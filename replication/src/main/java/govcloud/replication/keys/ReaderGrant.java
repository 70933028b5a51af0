package govcloud.replication.keys;

import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * That somebody may read, for a time, what this cloud has received from another one. Holds no
 * secret.
 *
 * @param cloud whose replica
 * @param name of the reader, for the audit trail: small letters, digits and hyphens
 * @param certificate by which the reader is known on the wire
 * @param until when it is over
 */
public record ReaderGrant(String cloud, String name, X509Certificate certificate, Instant until) {
  /** Its file in the reader's folder, beside the reader's key and the cards of both clouds. */
  public static final String FILE = "reader.grant";

  private static final String TITLE = "govcloud reader grant";

  /** Whether it is over. */
  public boolean isOver(Instant now) {
    return !now.isBefore(until);
  }

  /** As a text file. */
  byte[] toFile() throws KeyException {
    try (KeyFile file = new KeyFile(TITLE)) {
      return file.text("cloud", cloud)
          .text("reader", name)
          .text("until", until.toString())
          .bytes("certificate", certificate.getEncoded())
          .toBytes();
    } catch (CertificateEncodingException e) {
      throw new KeyException(KeyDefect.KEY_FILE_DAMAGED, "certificate: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws KeyException when it is not one
   */
  public static ReaderGrant read(Path path) throws KeyException {
    try (KeyFile file = KeyFile.parse(TITLE, SecretFiles.read(path))) {
      return new ReaderGrant(
          file.text("cloud"),
          file.text("reader"),
          LinkIdentity.certificate(file.bytes("certificate")),
          Instant.parse(file.text("until")));
    } catch (CertificateException | DateTimeParseException e) {
      throw new KeyException(KeyDefect.KEY_FILE_DAMAGED, path + ": " + e.getMessage(), e);
    }
  }
}
