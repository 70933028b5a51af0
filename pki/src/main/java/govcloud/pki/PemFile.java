package govcloud.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468); both may be in one file. */
final class PemFile {
  static final int LARGEST = 1 << 20;
  private static final String KEY = "PRIVATE KEY";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private PemFile() {}

  /** All certificates of a file, in their order; at least one. */
  static List<X509Certificate> certificates(Path file) throws PkiException {
    List<X509Certificate> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(text(file));
    try {
      while (block.find()) {
        if (block.group(1).equals(CERTIFICATE)) {
          found.add(certificate(bytes(block.group(2))));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new PkiException(PkiDefect.TLS_CERTIFICATE_UNREADABLE, file + ": " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new PkiException(
          PkiDefect.TLS_CERTIFICATE_UNREADABLE,
          file + ": no block CERTIFICATE (expected: PEM, the own certificate first)");
    }
    return found;
  }

  private static X509Certificate certificate(byte[] encoded) throws CertificateException {
    Certificate read =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
    return (X509Certificate) read;
  }

  /**
   * The private key in a file that only its owner may read.
   *
   * @param algorithm of the key, as its certificate has it
   */
  static PrivateKey key(Path file, String algorithm) throws PkiException {
    SecretFile.require(file);
    Matcher block = BLOCK.matcher(text(file));
    while (block.find()) {
      if (block.group(1).equals(KEY)) {
        return key(file, algorithm, block.group(2));
      }
    }
    throw new PkiException(
        PkiDefect.TLS_KEY_UNREADABLE,
        file + ": no block PRIVATE KEY (expected: PKCS #8 without a password)");
  }

  private static PrivateKey key(Path file, String algorithm, String text) throws PkiException {
    byte[] secret = {};
    try {
      secret = bytes(text);
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(secret));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new PkiException(
          PkiDefect.TLS_KEY_UNREADABLE, file + ": not a key of kind " + algorithm, e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static byte[] bytes(String text) {
    return Base64.getMimeDecoder().decode(text);
  }

  private static String text(Path file) throws PkiException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new PkiException(
            PkiDefect.TLS_FILE_UNUSABLE,
            file + ": " + Files.size(file) + " bytes (expected: <= " + LARGEST + ")");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /** Replaces a file with certificates, and a key if there is one, as a whole. */
  static void write(Path file, PrivateKey key, List<X509Certificate> chain) throws PkiException {
    StringBuilder text = new StringBuilder();
    if (key != null) {
      block(text, KEY, key.getEncoded());
    }
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      for (X509Certificate certificate : chain) {
        block(text, CERTIFICATE, certificate.getEncoded());
      }
      Files.deleteIfExists(next);
      create(next, key == null ? "rw-r--r--" : "rw-------", text.toString());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unusable(file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate can always be written", e);
    }
  }

  private static void block(StringBuilder text, String title, byte[] content) {
    text.append("-----BEGIN ").append(title).append("-----\n");
    text.append(LINES.encodeToString(content));
    text.append("\n-----END ").append(title).append("-----\n");
  }

  private static void create(Path file, String mode, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)))) {
      ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  static PkiException unusable(Path file, IOException cause) {
    PkiDefect defect =
        cause instanceof NoSuchFileException
            ? PkiDefect.TLS_FILE_MISSING
            : PkiDefect.TLS_FILE_UNUSABLE;
    return new PkiException(defect, file + " (" + cause.getClass().getSimpleName() + ")", cause);
  }
}
