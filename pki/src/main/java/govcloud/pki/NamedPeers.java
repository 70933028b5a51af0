package govcloud.pki;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes whom another one takes, if the certificate holds a name (a DNS name among its alternative
 * names): an authority may have signed others too.
 */
final class NamedPeers extends WrappedTrust {
  private static final Integer DNS = 2;

  private final String name;

  NamedPeers(String name, X509ExtendedTrustManager asked) {
    super(asked);
    this.name = name;
  }

  @Override
  void check(X509Certificate[] chain, String address, Check check) throws CertificateException {
    check.run();
    List<String> names = names(chain[0]);
    if (!names.contains(name)) {
      throw new WrongNameException("names " + names + " (expected: " + name + " among them)");
    }
  }

  private static List<String> names(X509Certificate certificate)
      throws CertificateParsingException {
    List<String> names = new ArrayList<>();
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    if (all != null) {
      for (List<?> one : all) {
        if (DNS.equals(one.get(0))) {
          names.add(String.valueOf(one.get(1)));
        }
      }
    }
    return names;
  }
}
