package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.junit.jupiter.api.Test;

class CopyMarkTest {
  private static final HttpResponse PAGE =
      HttpResponse.create()
          .withEntity(ContentTypes.TEXT_HTML_UTF8, "<html><body class=\"wide\"><h1>办件</h1>");

  private static String text(HttpResponse answer) {
    return ((HttpEntity.Strict) answer.entity()).getData().utf8String();
  }

  @Test
  void nodeOfACloud_marksNothing() {
    HttpResponse answer = CopyMark.of("").apply(PAGE);
    assertThat(answer.getHeader(CopyMark.HEADER)).isEmpty();
    assertThat(text(answer)).isEqualTo(text(PAGE));
  }

  @Test
  void pageOfACopy_saysSoFirst_inBothLanguages() {
    HttpResponse answer = CopyMark.of("housing").apply(PAGE);
    assertThat(answer.getHeader(CopyMark.HEADER).orElseThrow().value()).isEqualTo("housing");
    assertThat(text(answer))
        .startsWith("<html><body class=\"wide\"><p role=\"note\"><strong>housing 的副本")
        .contains("A copy of housing")
        .endsWith("<h1>办件</h1>");
  }

  @Test
  void dataOfACopy_areWhatTheyWere_underTheHeader() {
    HttpResponse json =
        HttpResponse.create().withEntity(ContentTypes.APPLICATION_JSON, "{\"a\":\"<body>\"}");
    HttpResponse answer = CopyMark.of("housing").apply(json);
    assertThat(answer.getHeader(CopyMark.HEADER)).isPresent();
    assertThat(text(answer)).isEqualTo(text(json));
  }
}
