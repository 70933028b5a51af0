package govcloud.pki;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
final class Observed implements TlsWatch {
  final List<RefusedCertificate> refused = new ArrayList<>();
  final List<X509Certificate> renewed = new ArrayList<>();
  final List<PkiDefect> notRenewed = new ArrayList<>();

  @Override
  public void refused(RefusedCertificate certificate) {
    refused.add(certificate);
  }

  @Override
  public void renewed(String door, X509Certificate certificate) {
    renewed.add(certificate);
  }

  @Override
  public void notRenewed(String door, PkiException why) {
    notRenewed.add(why.defect());
  }
}
