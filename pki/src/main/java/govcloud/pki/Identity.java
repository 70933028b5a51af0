package govcloud.pki;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * By what a party is known on the wire.
 *
 * @param chain the own certificate first, then those that lead to an authority
 * @param key of the own certificate
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {
  private static final byte[] PROBE = {1, 2, 3};

  /** Keeps a copy. */
  public Identity {
    chain = List.copyOf(chain);
  }

  /** The own certificate. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /**
   * Reads both from PEM files, which may be one file.
   *
   * @throws PkiException when they are not usable, do not belong together, or others can read the
   *     key
   */
  static Identity read(Path certificate, Path key) throws PkiException {
    List<X509Certificate> chain = PemFile.certificates(certificate);
    String algorithm = chain.get(0).getPublicKey().getAlgorithm();
    return new Identity(chain, PemFile.key(key, algorithm)).requirePair(certificate, key);
  }

  /** This one, if its key is that of its certificate. */
  Identity requirePair(Path certificateFile, Path keyFile) throws PkiException {
    if (!belongsTogether(certificate().getPublicKey().getAlgorithm())) {
      throw new PkiException(
          PkiDefect.TLS_KEY_FOREIGN,
          keyFile
              + ": another key than that of "
              + certificateFile
              + " (expected: both of one request)");
    }
    return this;
  }

  private boolean belongsTogether(String algorithm) {
    String scheme =
        switch (algorithm) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> algorithm;
        };
    try {
      Signature signature = Signature.getInstance(scheme);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate().getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
