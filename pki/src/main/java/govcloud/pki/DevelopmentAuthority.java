package govcloud.pki;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs certificates for one kind of door of a cloud on one machine. Its key lies beside it on that
 * machine, so its name says that it is nothing for production, and production refuses it.
 */
public final class DevelopmentAuthority {
  /** Stands in the name of every such authority. */
  static final String MARK = "O=Govcloud development (not for production)";

  private static final KeyPurposeId[] BOTH = {
    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
  };
  private static final Duration LIFE = Duration.ofDays(365);
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final int SERIAL_BITS = 120;

  private final Identity own;
  private final SecureRandom random;

  private DevelopmentAuthority(Identity own, SecureRandom random) {
    this.own = own;
    this.random = random;
  }

  /** Whether an authority of this kind has signed a certificate. */
  public static boolean isDevelopment(X509Certificate certificate) {
    return certificate.getIssuerX500Principal().getName().contains(MARK);
  }

  /**
   * The authority in a folder; it is made if there is none, or if it ends before {@code until}.
   *
   * @param name of the file and of the authority, such as {@code public}
   * @param names it can sign certificates of these alone, whoever gets hold of its key: DNS names,
   *     and networks as address/bits
   * @param until it has to last so long
   */
  static DevelopmentAuthority open(
      Path folder, String name, List<String> names, Instant now, Instant until, SecureRandom random)
      throws PkiException {
    Path key = folder.resolve(name + "-ca.key");
    if (Files.exists(key)) {
      Identity there = Identity.read(key, key);
      if (there.certificate().getNotAfter().toInstant().isAfter(until)) {
        publish(folder, name, there);
        return new DevelopmentAuthority(there, random);
      }
    }
    String unique = "CN=" + name + " " + Long.toHexString(random.nextLong());
    Identity made = self(unique, names, now, random);
    PemFile.write(key, made.key(), made.chain());
    publish(folder, name, made);
    return new DevelopmentAuthority(made, random);
  }

  private static void publish(Path folder, String name, Identity authority) throws PkiException {
    Path certificate = folder.resolve(name + "-ca.pem");
    if (!Files.exists(certificate)
        || !PemFile.certificates(certificate).equals(authority.chain())) {
      PemFile.write(certificate, null, authority.chain());
    }
  }

  private static Identity self(String name, List<String> names, Instant now, SecureRandom random) {
    KeyPair pair = pair(random);
    X500Name own = new X500Name(name + "," + MARK);
    try {
      JcaX509v3CertificateBuilder builder =
          builder(own, own, pair, now.minus(TOLERANCE), now.plus(LIFE), random);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      builder.addExtension(
          Extension.nameConstraints,
          true,
          new NameConstraints(
              Stream.of(generalNames(names))
                  .map(GeneralSubtree::new)
                  .toArray(GeneralSubtree[]::new),
              null));
      return new Identity(List.of(signed(builder, pair)), pair.getPrivate());
    } catch (CertIOException e) {
      throw new IllegalStateException("extensions can always be written", e);
    }
  }

  /**
   * A new key with a certificate.
   *
   * @param subject common name
   * @param names DNS names and addresses of the machine
   * @param purposes none: for servers and clients
   */
  Identity issue(
      String subject, List<String> names, Instant from, Instant to, KeyPurposeId... purposes) {
    KeyPair pair = pair(random);
    X500Name issuer =
        X500Name.getInstance(own.certificate().getSubjectX500Principal().getEncoded());
    try {
      JcaX509v3CertificateBuilder builder =
          builder(issuer, new X500Name("CN=" + subject), pair, from.minus(TOLERANCE), to, random);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(purposes.length == 0 ? BOTH : purposes));
      builder.addExtension(
          Extension.subjectAlternativeName, false, new GeneralNames(generalNames(names)));
      KeyPair signer = new KeyPair(own.certificate().getPublicKey(), own.key());
      return new Identity(List.of(signed(builder, signer), own.certificate()), pair.getPrivate());
    } catch (CertIOException e) {
      throw new IllegalStateException("extensions can always be written", e);
    }
  }

  private static GeneralName[] generalNames(List<String> names) {
    return names.stream()
        .map(
            name ->
                new GeneralName(
                    name.matches("[0-9./]+|[0-9a-f:/]*:[0-9a-f:/]*")
                        ? GeneralName.iPAddress
                        : GeneralName.dNSName,
                    name))
        .toArray(GeneralName[]::new);
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer,
      X500Name subject,
      KeyPair pair,
      Instant from,
      Instant to,
      SecureRandom random) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, random),
        Date.from(from),
        Date.from(to),
        subject,
        pair.getPublic());
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair signer) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("P-256: not in this Java", e);
    }
  }

  private static KeyPair pair(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("P-256: not in this Java", e);
    }
  }
}
