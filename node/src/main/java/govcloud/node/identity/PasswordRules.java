package govcloud.node.identity;

import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Secret;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which passwords may be chosen, and for how long. */
final class PasswordRules {

  private static final List<String> EXPECTED_WORDS =
      List.of("password", "govcloud", "qwerty", "123456", "mima", "admin", "密码", "政务云");

  /** Shorter words are in too many good passwords. */
  private static final int SHORTEST_WORD = 4;

  private final PasswordProfile profile;
  private final List<String> words;
  private final PasswordLists lists;

  /**
   * Rules.
   *
   * @param cloud its name, which is in no password
   * @param words that are in none either
   */
  PasswordRules(PasswordProfile profile, String cloud, List<String> words, PasswordLists lists) {
    this.profile = profile;
    this.words =
        Stream.concat(EXPECTED_WORDS.stream(), Stream.concat(words.stream(), Stream.of(cloud)))
            .map(PasswordRules::lower)
            .toList();
    this.lists = lists;
  }

  private static String lower(String text) {
    return Passwords.normal(text).toLowerCase(Locale.ROOT);
  }

  /**
   * Fails with a problem that names the rule which a new password does not keep. Blocks.
   *
   * @param state of the account as far as who asks may know it
   */
  void require(String account, AccountState state, String password) {
    var lower = lower(password);
    int length = lower.codePointCount(0, lower.length());
    if (length < PasswordProfile.SHORTEST) {
      throw weak(length + " characters", ">= " + PasswordProfile.SHORTEST);
    }
    int kinds = kinds(Passwords.normal(password));
    if (kinds < profile.kinds()) {
      throw weak(
          kinds + " kinds of characters",
          ">= " + profile.kinds() + " of capital letters, other letters, digits, signs");
    }
    if (contextWords(account, state).anyMatch(lower::contains)) {
      throw weak(
          "contains the name of the account, person, department, product or cloud, or a word that"
              + " is tried first",
          "none of them");
    }
    if (lists.isCommon(lower)) {
      throw weak("one of the most common, or a repetition", "another one");
    }
    if (lists.isBreached(Passwords.normal(password))) {
      throw Problem.of(
              BorderCode.PASSWORD_BREACHED,
              "password: known from a breach elsewhere (expected: one that nobody has used)")
          .asException();
    }
  }

  private Stream<String> contextWords(String account, AccountState state) {
    var own =
        Stream.of(
                Stream.of(account, state.name()),
                Stream.of(state.name().split("[\\s·]+", -1)),
                state.tenant().stream())
            .flatMap(one -> one)
            .map(PasswordRules::lower)
            .filter(PasswordRules::isWord);
    return Stream.concat(own, words.stream().filter(PasswordRules::isWord));
  }

  /** Two Chinese characters are a name, and two letters are in many words. */
  private static boolean isWord(String text) {
    boolean ideographic = text.codePoints().anyMatch(Character::isIdeographic);
    return text.codePointCount(0, text.length()) >= (ideographic ? 2 : SHORTEST_WORD);
  }

  private static int kinds(String password) {
    return (int)
        password
            .codePoints()
            .mapToObj(
                point ->
                    Character.isUpperCase(point)
                        ? 0
                        : Character.isLetter(point) ? 1 : Character.isDigit(point) ? 2 : 3)
            .distinct()
            .count();
  }

  private static ProblemException weak(String is, String expected) {
    return Problem.of(
            BorderCode.PASSWORD_TOO_WEAK, "password: " + is + " (expected: " + expected + ")")
        .asException();
  }

  /** Fails with a problem when it is one of the last passwords of the account. Blocks for each. */
  void requireNew(AccountState state, String password) {
    state.credentials().passwords().stream()
        .limit(profile.history())
        .filter(verifier -> Passwords.fits(password, verifier))
        .findFirst()
        .ifPresent(PasswordRules::usedBefore);
  }

  private static void usedBefore(Secret verifier) {
    throw Problem.of(
            BorderCode.PASSWORD_USED_BEFORE,
            "password: one of the last ones of the account (expected: another one)")
        .asException();
  }

  /** Fails with a problem when the password of an account is too old for anything but a change. */
  void requireFresh(AccountState state, Instant now) {
    var end = state.credentials().verifierSince().map(since -> since.plus(profile.age()));
    if (!profile.age().isZero() && end.filter(until -> !now.isBefore(until)).isPresent()) {
      throw Problem.of(
              BorderCode.PASSWORD_EXPIRED,
              "password: too old since " + end.get() + " (expected: a new one; /my-account)")
          .asException();
    }
  }
}
