package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.page.Language;
import govcloud.node.projection.Page;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the page of open invitations goes on. */
class InvitationHtmlTest {
  private final InvitationHtml html = new InvitationHtml(Language.EN, "word");

  @Test
  void furtherInvitations_areBehindALink_alsoWhereAllOfThisPageHaveComeIn() {
    assertThat(html.list(new Page<>(List.of(), Optional.of("a+b/="))))
        .contains("href=\"/invitations?lang=en&amp;page_token=a%2Bb%2F%3D\">More</a>")
        .doesNotContain("No invitation is open", "<script");
  }

  @Test
  void lastPage_hasNoLinkToAnother() {
    assertThat(html.list(new Page<>(List.of(), Optional.empty())))
        .contains("No invitation is open")
        .doesNotContain("page_token");
  }
}
