package govcloud.node.catalogue;

/**
 * What is wrong at one place of a form.
 *
 * @param pointer JSON Pointer to the member; empty for the form as a whole
 * @param detail names the expectation
 */
public record FormError(String pointer, String detail) {}
