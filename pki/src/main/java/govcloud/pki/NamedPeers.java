package govcloud.pki;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes whom another one takes, if the certificate holds a name (a DNS name among its alternative
 * names): an authority may have signed others too.
 */
final class NamedPeers extends X509ExtendedTrustManager {
  private static final Integer DNS = 2;

  private final String name;
  private final X509ExtendedTrustManager asked;

  NamedPeers(String name, X509ExtendedTrustManager asked) {
    this.name = name;
    this.asked = asked;
  }

  private void named(X509Certificate[] chain) throws CertificateException {
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

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    asked.checkClientTrusted(chain, type);
    named(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    asked.checkServerTrusted(chain, type);
    named(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    asked.checkClientTrusted(chain, type, socket);
    named(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    asked.checkServerTrusted(chain, type, socket);
    named(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    asked.checkClientTrusted(chain, type, engine);
    named(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    asked.checkServerTrusted(chain, type, engine);
    named(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return asked.getAcceptedIssuers();
  }
}
