package govcloud.node.identity;

import govcloud.domain.identity.AccountState;

/** What a browser sends, for readers that only this package sees. */
public final class IdentityInputs {

  private static final PasskeyCeremony CEREMONY =
      new PasskeyCeremony(PasskeySite.of("https://cloud.example"), "extranet");

  private IdentityInputs() {}

  /** A form. */
  public static void form(String text) {
    var form = Form.parse(text);
    if (form.text("account").length() > form.answer("account").length()) {
      throw new IllegalStateException("form: a field that is longer than what was sent");
    }
  }

  /** What an authenticator answers, at a sign-in and when it is added. */
  public static void passkey(String json) {
    CEREMONY.answered("zhang-san", AccountState.VACANT, json);
    CEREMONY.made("zhang-san", AccountState.VACANT, json);
  }
}
