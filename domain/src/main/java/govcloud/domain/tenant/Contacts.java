package govcloud.domain.tenant;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules for a department's list of contacts. */
final class Contacts {

  static final int MAXIMUM = 50;

  private static final int LONGEST = 200;
  private static final Pattern PHONE = Pattern.compile("[0-9+() -]{0,32}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,190}");

  private Contacts() {}

  /** What is wrong, naming value and expectation; empty if nothing is. */
  static Optional<String> fault(List<Contact> contacts) {
    if (contacts.size() > MAXIMUM) {
      return Optional.of("contacts: " + contacts.size() + " (expected: <= " + MAXIMUM + ")");
    }
    return contacts.stream().map(Contacts::fault).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> fault(Contact contact) {
    if (!isText(contact.name())) {
      return Optional.of(
          "contact name: \"" + contact.name() + "\" (expected: 1 to 200 characters)");
    }
    if (!isText(contact.role())) {
      return Optional.of(
          "contact role: \"" + contact.role() + "\" (expected: 1 to 200 characters)");
    }
    if (!PHONE.matcher(contact.phone()).matches()) {
      return Optional.of(
          "contact phone: " + contact.phone() + " (expected: at most 32 digits, +, (, ), - )");
    }
    if (!contact.email().isEmpty() && !EMAIL.matcher(contact.email()).matches()) {
      return Optional.of(
          "contact email: " + contact.email() + " (expected: like name@example.org)");
    }
    return Optional.empty();
  }

  private static boolean isText(String text) {
    return !text.isBlank() && text.length() <= LONGEST;
  }
}
