package govcloud.node.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.node.vault.Opener.Opened;
import govcloud.node.vault.Opener.Outcome;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PersonalDataTest {

  private static final String CASE = "case/harbour/permits/c-1";

  private final PersonalData personal = MemoryVault.personal();
  private final String wang = personal.subject("harbour", "999999199001010016");

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private String seal(String place, String text) {
    return now(personal.sealer("harbour", wang, CASE, true)).seal(place, text);
  }

  private Opened open(String entity, String place, String text) {
    return now(personal.opener("harbour", Stream.of(text))).open(entity, place, text);
  }

  @Test
  void sealedValue_opensWhereItWasSealed_andIsTheSameWhenSealedAgain() {
    var sealed = seal("form/contact_name", "王小明");
    assertThat(sealed).doesNotContain("王小明").startsWith("sealed:1:" + wang + ":");
    assertThat(seal("form/contact_name", "王小明")).isEqualTo(sealed);
    assertThat(seal("form/legal", "王小明")).isNotEqualTo(sealed);
    assertThat(open(CASE, "form/contact_name", sealed))
        .isEqualTo(new Opened("王小明", Outcome.READABLE));
  }

  @Test
  void sealedValue_movedElsewhere_opensNowhere() {
    var sealed = seal("form/contact_name", "王小明");
    assertThatThrownBy(() -> open(CASE, "form/legal", sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> open("case/harbour/permits/c-2", "form/contact_name", sealed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void destroyedKey_leavesErased_andANewKeyDoesNotBringItBack() {
    var sealed = seal("form/contact_name", "王小明");
    var key = now(personal.keyOf("harbour", wang)).orElseThrow();
    now(personal.destroy("harbour", wang, key));
    assertThat(open(CASE, "form/contact_name", sealed))
        .isEqualTo(new Opened(PersonalData.ERASED, Outcome.ERASED));
    var later = seal("form/contact_name", "王小明");
    assertThat(later).isNotEqualTo(sealed);
    assertThat(open(CASE, "form/contact_name", sealed).outcome()).isEqualTo(Outcome.ERASED);
    assertThat(open(CASE, "form/contact_name", later).text()).isEqualTo("王小明");
  }

  @Test
  void destroyingAnOlderKey_leavesTheNewerOne() {
    seal("form/contact_name", "王小明");
    var old = now(personal.keyOf("harbour", wang)).orElseThrow();
    now(personal.destroy("harbour", wang, old));
    var later = seal("form/contact_name", "王小明");
    now(personal.destroy("harbour", wang, old));
    assertThat(open(CASE, "form/contact_name", later).text()).isEqualTo("王小明");
  }

  @Test
  void dryRun_makesNoKey() {
    now(personal.sealer("harbour", wang, CASE, false)).seal("form/contact_name", "王小明");
    assertThat(now(personal.keyOf("harbour", wang))).isEmpty();
  }

  @Test
  void withoutVault_sealedValuesStaySealed_andOthersAreAsTheyAre() {
    var sealed = seal("form/contact_name", "王小明");
    var none = PersonalData.none();
    var opener = now(none.opener("harbour", Stream.of(sealed)));
    assertThat(opener.open(CASE, "form/contact_name", sealed))
        .isEqualTo(new Opened(PersonalData.LOCKED, Outcome.LOCKED));
    assertThat(opener.open(CASE, "form/legal", "王小明"))
        .isEqualTo(new Opened("王小明", Outcome.READABLE));
  }
}
