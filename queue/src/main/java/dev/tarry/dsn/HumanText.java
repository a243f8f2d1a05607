package dev.tarry.dsn;

import dev.tarry.dsn.DsnRequest.RecipientReport;
import dev.tarry.mail.ExchangeProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a person reads, before it becomes plain text or HTML. All texts are cleaned, none is escaped.
///
/// @param heading    the first line
/// @param recipients each with what it is told
/// @param closing    paragraphs for all of them
/// @param technical  blocks of lines for administrators; empty where nothing failed
/// @param headers    the original's header lines, under the technical blocks
/// @param bareAddresses whether plain text shows an address alone, as the fix guide does, and not with its `mailto:`
record HumanText(
        String heading,
        List<Told> recipients,
        List<String> closing,
        List<List<String>> technical,
        List<String> headers,
        boolean bareAddresses) {
    /// More of an original's header than this isn't shown to people; the last part has it all.
    static final int MAX_HEADER_BYTES = 64 * 1024;

    /// @param address the recipient
    /// @param lines   what the sender is told about it
    /// @param html    the operator's own HTML, which stands for the first lines of that number
    record Told(String address, List<String> lines, Optional<DsnRequest.CustomText> html) {}

    static HumanText of(DsnRequest request) {
        List<Told> told = new ArrayList<>();
        for (RecipientReport recipient : request.recipients()) {
            told.add(told(request, recipient));
        }
        String subject = "Subject: " + Cleaned.line(request.original().subject(), Dsn.MAX_SUBJECT_CHARACTERS);
        boolean bare = request.server().profile() == ExchangeProfile.SEED;
        return switch (request.kind()) {
            case DsnKind.Failure _ ->
                new HumanText(
                        DsnText.heading(request.kind()), told, List.of(), technical(request), headers(request), bare);
            case DsnKind.Delay delay -> {
                List<String> closing = new ArrayList<>();
                closing.add(subject);
                closing.addAll(DsnText.delay(delay, request.moment()));
                yield new HumanText(
                        DsnText.heading(request.kind()), told, closing, technical(request), headers(request), bare);
            }
            case DsnKind.Delivered _, DsnKind.Relayed _ ->
                new HumanText(DsnText.heading(request.kind()), told, List.of(subject), List.of(), List.of(), bare);
        };
    }

    private static Told told(DsnRequest request, RecipientReport recipient) {
        if (!(request.kind() instanceof DsnKind.Failure)) {
            return new Told(address(recipient), List.of(), Optional.empty());
        }
        Optional<DsnRequest.CustomText> own =
                request.server().text(recipient.reply().status());
        List<String> lines = new ArrayList<>(own.map(DsnRequest.CustomText::plain)
                .orElseGet(() -> DsnText.failure(request.server().profile(), recipient)));
        boolean names = switch (request.server().profile()) {
            case E2010, E2013 -> true;
            case E2016, E2019, SEED -> false;
        };
        if (names && Diagnostics.rejected(recipient)) {
            lines.add(DsnText.rejectedBy(Diagnostics.name(recipient.remote().orElseThrow())));
        }
        return new Told(address(recipient), lines, own);
    }

    /// The generating server, then each recipient; the receiving server is named where it changes.
    private static List<List<String>> technical(DsnRequest request) {
        List<List<String>> blocks = new ArrayList<>();
        List<String> servers = new ArrayList<>();
        servers.add("Generating server: " + request.server().fqdn());
        String receiving = "";
        boolean seed = switch (request.server().profile()) {
            case SEED -> true;
            case E2010, E2013, E2016, E2019 -> false;
        };
        for (RecipientReport recipient : request.recipients()) {
            Diagnostics diagnostics = Diagnostics.of(request.server(), recipient);
            String next = diagnostics.receivingServer().orElse("");
            if (!next.equals(receiving) && !next.isEmpty()) {
                servers.add("Receiving server: " + next);
            }
            receiving = next;
            if (seed && request.recipients().size() == 1) {
                // the guide shows one block, without the address
                servers.addAll(diagnostics.lines());
            } else {
                if (!servers.isEmpty()) {
                    blocks.add(servers);
                    servers = new ArrayList<>();
                }
                List<String> block = new ArrayList<>();
                block.add(address(recipient));
                block.addAll(diagnostics.lines());
                blocks.add(block);
            }
        }
        if (!servers.isEmpty()) {
            blocks.add(servers);
        }
        return blocks;
    }

    private static String address(RecipientReport recipient) {
        return Cleaned.line(recipient.address().toString(), 400);
    }

    private static List<String> headers(DsnRequest request) {
        byte[] octets = request.original().header();
        int length = Math.min(octets.length, MAX_HEADER_BYTES);
        if (length < octets.length) {
            while (length > 0 && octets[length - 1] != '\n') {
                length--;
            }
        }
        List<String> lines = new ArrayList<>();
        for (String line : Cleaned.decoded(octets, length).stripTrailing().split("\r?\n")) {
            lines.add(Cleaned.line(line, Integer.MAX_VALUE));
        }
        return lines;
    }
}
