package govcloud.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Writes what keytool has made as PEM. */
final class OwnCertificate {

  private OwnCertificate() {}

  static void export(Path store, String password, Path pem) throws IOException {
    try {
      var keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
      var text =
          block("PRIVATE KEY", keys.getKey("own", password.toCharArray()).getEncoded())
              + block("CERTIFICATE", keys.getCertificate("own").getEncoded());
      Files.writeString(pem, text);
      Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-------"));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static String block(String title, byte[] content) {
    var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(title, lines.encodeToString(content));
  }
}
