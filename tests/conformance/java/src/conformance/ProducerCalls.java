package conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.StringSerializer;

final class ProducerCalls implements Main.Client {
    private final KafkaProducer<String, String> producer;

    ProducerCalls(Properties config) {
        producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    @Override
    public Main.Answer call(JsonNode call) throws Exception {
        Object result = null;
        switch (call.get("call").asText()) {
            case "send" -> {
                send(call);
                return null;
            }
            case "flush" -> producer.flush();
            case "partitionsFor" -> result = producer.partitionsFor(call.get("topic").asText()).stream()
                .map(PartitionInfo::partition).sorted().toList();
            case "initTransactions" -> producer.initTransactions();
            case "beginTransaction" -> producer.beginTransaction();
            case "sendOffsetsToTransaction" -> producer.sendOffsetsToTransaction(
                Wire.offsets(call.get("offsets")), group(call.get("group")));
            case "commitTransaction" -> producer.commitTransaction();
            case "abortTransaction" -> producer.abortTransaction();
            case "close" -> producer.close();
            default -> throw new IllegalArgumentException("A producer has no " + call.get("call") + ".");
        }
        return new Main.Answer(result);
    }

    /** Answers when the broker has; a send that throws at once is answered at once. */
    private void send(JsonNode call) {
        Integer partition = call.hasNonNull("partition") ? call.get("partition").asInt() : null;
        Long timestamp = call.hasNonNull("timestampMs") ? call.get("timestampMs").asLong() : null;
        ProducerRecord<String, String> record = new ProducerRecord<>(
            call.get("topic").asText(), partition, timestamp,
            Wire.textOrNull(call.get("key")), Wire.textOrNull(call.get("value")));
        if (call.hasNonNull("headers")) call.get("headers").forEach(header ->
            record.headers().add(header.get(0).asText(), header.get(1).asText().getBytes(StandardCharsets.UTF_8)));
        producer.send(record, (metadata, error) -> {
            if (error != null) Main.fail(call, error);
            else Main.answer(call, Map.of(
                "topic", metadata.topic(), "partition", metadata.partition(), "offset", metadata.offset()));
        });
    }

    /** What a consumer in another process says of its membership. */
    @SuppressWarnings("removal")
    private static ConsumerGroupMetadata group(JsonNode node) {
        return new ConsumerGroupMetadata(
            node.get("groupId").asText(),
            node.get("generationId").asInt(),
            node.get("memberId").asText(),
            java.util.Optional.ofNullable(Wire.textOrNull(node.get("groupInstanceId"))));
    }
}
