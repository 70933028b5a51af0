package govcloud.ledger.note;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a policy, line by line (C2SP tlog-policy). */
final class PolicyFile {
  static final String NONE = "none";
  private static final int LARGEST = 256 << 10;

  private final String name;
  private final List<VerifierKey> logs = new ArrayList<>();
  private final Map<String, VerifierKey> witnesses = new LinkedHashMap<>();
  private final Map<String, TrustPolicy.Group> groups = new LinkedHashMap<>();
  private final Set<String> members = new HashSet<>();
  private String quorum;

  PolicyFile(String name) {
    this.name = name;
  }

  TrustPolicy parse(byte[] file) throws LedgerException {
    if (file.length > LARGEST) {
      throw refused(0, file.length + " bytes (expected: <= " + LARGEST + ")");
    }
    int number = 0;
    for (String line : new String(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      number++;
      try {
        if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
          throw new IllegalArgumentException("a control character");
        }
        // Octets above ASCII have no meaning but their own: texts are handled as UTF-8 elsewhere.
        String text =
            new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        String[] words = text.replaceAll("^[ \t]+", "").split("[ \t]+");
        if (!words[0].isEmpty() && !words[0].startsWith("#")) {
          take(words);
        }
      } catch (IllegalArgumentException e) {
        throw refused(number, e.getMessage());
      }
    }
    if (quorum == null) {
      throw refused(number, "no quorum line (expected: one)");
    }
    return new TrustPolicy(logs, witnesses, groups, quorum, Long.MAX_VALUE);
  }

  private void take(String[] words) {
    switch (words[0]) {
      case "log" -> log(words);
      case "witness" -> witness(words);
      case "group" -> group(words);
      case "quorum" -> quorum(words);
      default ->
          throw new IllegalArgumentException(
              words[0] + " (expected: log, witness, group or quorum)");
    }
  }

  private void log(String[] words) {
    expect(words.length == 2 || words.length == 3, "log KEY [URL]");
    VerifierKey key = key(words[1], VerifierKey.NOTE);
    expect(logs.stream().noneMatch(key::sameKey), "a key that no other log has");
    logs.add(key);
  }

  private void witness(String[] words) {
    expect(words.length == 3 || words.length == 4, "witness NAME KEY [URL]");
    VerifierKey key = key(words[2], VerifierKey.COSIGNATURE);
    expect(witnesses.values().stream().noneMatch(key::sameKey), "a key no other witness has");
    free(words[1]);
    witnesses.put(words[1], key);
  }

  private void group(String[] words) {
    expect(words.length >= 4, "group NAME all|any|K MEMBER ...");
    List<String> names = Arrays.asList(words).subList(3, words.length);
    for (String member : names) {
      known(member);
      expect(members.add(member), member + " in one group only");
    }
    free(words[1]);
    int needed =
        switch (words[2]) {
          case "all" -> names.size();
          case "any" -> 1;
          default -> words[2].matches("[1-9][0-9]{0,5}") ? Integer.parseInt(words[2]) : 0;
        };
    expect(needed >= 1 && needed <= names.size(), "all, any or 1 to " + names.size());
    groups.put(words[1], new TrustPolicy.Group(needed, List.copyOf(names)));
  }

  private void quorum(String[] words) {
    expect(words.length == 2, "quorum NAME");
    expect(quorum == null, "one quorum line");
    if (!words[1].equals(NONE)) {
      known(words[1]);
    }
    quorum = words[1];
  }

  private static VerifierKey key(String text, int type) {
    VerifierKey key = VerifierKey.parse(text);
    expect(key.type() == type, "a key of type " + type);
    return key;
  }

  private void free(String word) {
    boolean taken = witnesses.containsKey(word) || groups.containsKey(word) || word.equals(NONE);
    expect(!taken, "a name other than " + word);
  }

  private void known(String word) {
    expect(
        witnesses.containsKey(word) || groups.containsKey(word), word + " on a line before this");
  }

  private static void expect(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("(expected: " + what + ")");
    }
  }

  private LedgerException refused(int line, String detail) {
    return new LedgerException(
        LedgerDefect.LEDGER_MALFORMED, name, "policy, line " + line + ": " + detail);
  }
}
