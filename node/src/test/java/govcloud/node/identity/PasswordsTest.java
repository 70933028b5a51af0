package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.identity.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @Test
  void verifier_fitsItsPasswordAndNoOther() {
    var verifier = Passwords.verifier("rain over the harbour", SALT);
    assertThat(verifier.value())
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$");
    assertThat(Passwords.fits("rain over the harbour", verifier)).isTrue();
    assertThat(Passwords.fits("rain over the harbour ", verifier)).isFalse();
    assertThat(Passwords.fits("", Passwords.NOBODY)).isFalse();
  }

  /** {@code argon2 somesalt -id -t 2 -k 256 -p 1 -l 32} of the reference implementation. */
  @Test
  void verifierOfTheReference_fits() {
    var reference =
        new Secret(
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
    assertThat(Passwords.fits("password", reference)).isTrue();
    assertThat(Passwords.fits("passwore", reference)).isFalse();
  }

  @Test
  void samePassword_composedOtherwise_fits() {
    var verifier = Passwords.verifier("caf\u00e9 by the harbour", SALT);
    assertThat(Passwords.fits("cafe\u0301 by the harbour", verifier)).isTrue();
  }
}
