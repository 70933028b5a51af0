package govcloud.replication.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * By what a cloud is known on the wire: a certificate that it signed itself, and that its sibling
 * knows byte by byte. No authority can vouch for another one.
 *
 * @param certificate P-256
 * @param privateKey of the certificate
 */
public record LinkIdentity(X509Certificate certificate, PrivateKey privateKey) {
  private static final String TITLE = "govcloud link key";
  private static final int SERIAL_BITS = 120;

  /** It ends when the sibling takes in a card with another one, not at some time (RFC 5280). */
  private static final Instant TO = Instant.parse("9999-12-31T23:59:59Z");

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  /** Makes an identity and writes it into a folder of keys. */
  static void create(KeyFolder folder, String cloud, SecureRandom random) throws KeyException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      byte[] secret = pair.getPrivate().getEncoded();
      try (KeyFile file = new KeyFile(TITLE)) {
        byte[] text =
            file.bytes("certificate", selfSigned(pair, cloud, random).getEncoded())
                .bytes("private-key", secret)
                .toBytes();
        SecretFiles.write(folder.folder().resolve("link.key"), text);
        Arrays.fill(text, (byte) 0);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("P-256: not in this Java", e);
    }
  }

  private static X509Certificate selfSigned(KeyPair pair, String cloud, SecureRandom random)
      throws OperatorCreationException, CertificateException {
    X500Name name = new X500Name("CN=" + cloud + ",O=Govcloud sibling link");
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(SERIAL_BITS, random),
                    Date.from(FROM),
                    Date.from(TO),
                    name,
                    pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  /** The identity in a folder of keys. */
  static LinkIdentity read(KeyFolder folder) throws KeyException {
    byte[] text = SecretFiles.readSecret(folder.folder().resolve("link.key"));
    byte[] secret = {};
    try (KeyFile file = KeyFile.parse(TITLE, text)) {
      secret = file.bytes("private-key");
      return new LinkIdentity(
          certificate(file.bytes("certificate")),
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(secret)));
    } catch (GeneralSecurityException e) {
      throw new KeyException(KeyDefect.KEY_FILE_DAMAGED, "link.key: " + e.getMessage(), e);
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** A certificate from its encoding. */
  static X509Certificate certificate(byte[] encoded) throws CertificateException {
    try (ByteArrayInputStream in = new ByteArrayInputStream(encoded)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException e) {
      throw new CertificateException("not readable", e);
    }
  }
}
