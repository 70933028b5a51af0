package govcloud.node.projection;

/** A page token that is damaged or belongs to another list; code {@code PAGE_TOKEN_INVALID}. */
public final class PageTokenInvalid extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PageTokenInvalid(String token) {
    super("page_token: " + token + " (expected: the next_page_token of the same list and sort)");
  }
}
