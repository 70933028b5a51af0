package govcloud.domain.casework;

/**
 * What the sealed parts of a case say, for whoever decides on a command: guards ask for it. It
 * comes with the command and is never stored; parts that are not sealed are the same as in the
 * command.
 *
 * @param applicant who wants something
 * @param form the case form
 * @param actionForm the form that comes with an action, or an empty string
 */
public record Plaintext(Applicant applicant, String form, String actionForm) {}
