package govcloud.node.identity;

import govcloud.node.http.Call;

/**
 * What two people sign about an account: whose, what it gets, and why.
 *
 * @param account whose
 * @param what a role, or the hash of a code; without slash
 * @param reason in words, in one line
 */
record SignedWish(String account, String what, String reason) {

  /**
   * What a call asks for.
   *
   * @param member of its body that says what
   */
  static SignedWish of(Call call, String member) {
    return new SignedWish(
        call.path("account"),
        call.text(member),
        call.text("reason").strip().replaceAll("\\p{Cntrl}+", " "));
  }

  /** The wish of a {@link #subject}. */
  static SignedWish of(String subject) {
    var parts = subject.split("/", 3);
    return new SignedWish(parts[0], parts[1], parts[2]);
  }

  /** The subject of the command that is signed. */
  String subject() {
    return account + "/" + what + "/" + reason;
  }
}
