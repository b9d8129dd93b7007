package conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** What calls and answers are made of, to and from JSON. */
final class Wire {
    private Wire() {}

    static TopicPartition partition(JsonNode node) {
        return new TopicPartition(node.get("topic").asText(), node.get("partition").asInt());
    }

    static List<TopicPartition> partitions(JsonNode nodes) {
        List<TopicPartition> list = new ArrayList<>();
        nodes.forEach(node -> list.add(partition(node)));
        return list;
    }

    static List<String> texts(JsonNode nodes) {
        List<String> list = new ArrayList<>();
        nodes.forEach(node -> list.add(node.asText()));
        return list;
    }

    static Map<TopicPartition, OffsetAndMetadata> offsets(JsonNode nodes) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
        nodes.forEach(node -> offsets.put(partition(node), new OffsetAndMetadata(node.get("offset").asLong())));
        return offsets;
    }

    static String textOrNull(JsonNode node) {
        return node == null || node.isNull() ? null : node.asText();
    }

    /** "orders-0", sorted. */
    static List<String> names(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::toString).sorted().toList();
    }

    static Map<String, Object> record(ConsumerRecord<String, String> record) {
        List<List<String>> headers = new ArrayList<>();
        for (Header header : record.headers())
            headers.add(List.of(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        Map<String, Object> map = new HashMap<>();
        map.put("topic", record.topic());
        map.put("partition", record.partition());
        map.put("offset", record.offset());
        map.put("key", record.key());
        map.put("value", record.value());
        map.put("headers", headers);
        map.put("timestampMs", record.timestamp());
        record.deliveryCount().ifPresent(count -> map.put("deliveryCount", count));
        return map;
    }
}
