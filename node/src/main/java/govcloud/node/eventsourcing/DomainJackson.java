package govcloud.node.eventsourcing;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.cfg.HandlerInstantiator;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperFactory;

/** Teaches Jackson the domain: which types may travel, and how values of sealed types are told. */
public final class DomainJackson extends JacksonObjectMapperFactory {

  private static final String DOMAIN = "govcloud.domain.";

  private final AggregateTypes types;

  public DomainJackson(AggregateTypes types) {
    this.types = types;
  }

  @Override
  public ObjectMapper newObjectMapper(String bindingName, JsonFactory jsonFactory) {
    var mapper = super.newObjectMapper(bindingName, jsonFactory);
    mapper.setHandlerInstantiator(new TypeIds(types));
    mapper.setAnnotationIntrospector(new SealedTypes());
    return mapper;
  }

  /** Adds a type name to values that are declared as a sealed interface of the domain. */
  private static final class SealedTypes extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public TypeResolverBuilder<?> findTypeResolver(
        MapperConfig<?> config, AnnotatedClass type, JavaType baseType) {
      var raw = type.getRawType();
      if (raw.isSealed() && raw.getName().startsWith(DOMAIN)) {
        var builder = new StdTypeResolverBuilder();
        return builder
            .init(JsonTypeInfo.Id.CUSTOM, DomainTypeId.of(raw))
            .inclusion(JsonTypeInfo.As.PROPERTY)
            .typeProperty("@type");
      }
      return super.findTypeResolver(config, type, baseType);
    }
  }

  /** Makes the type names of commands and states, which differ with the kinds of this program. */
  private static final class TypeIds extends HandlerInstantiator {

    private final DomainTypeId domain;

    TypeIds(AggregateTypes types) {
      this.domain = DomainTypeId.of(types);
    }

    @Override
    public TypeIdResolver typeIdResolverInstance(
        MapperConfig<?> config, Annotated annotated, Class<?> resolverClass) {
      return resolverClass == DomainTypeId.class ? domain : null;
    }

    @Override
    public TypeResolverBuilder<?> typeResolverBuilderInstance(
        MapperConfig<?> config, Annotated annotated, Class<?> builderClass) {
      return null;
    }

    @Override
    public JsonDeserializer<?> deserializerInstance(
        DeserializationConfig config, Annotated annotated, Class<?> deserializerClass) {
      return null;
    }

    @Override
    public KeyDeserializer keyDeserializerInstance(
        DeserializationConfig config, Annotated annotated, Class<?> deserializerClass) {
      return null;
    }

    @Override
    public JsonSerializer<?> serializerInstance(
        SerializationConfig config, Annotated annotated, Class<?> serializerClass) {
      return null;
    }
  }
}
