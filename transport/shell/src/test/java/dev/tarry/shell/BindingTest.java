package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BindingTest {
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench().withTwoQueues();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            Get-Foo                            ¦ 1  ¦ CommandNotFoundException      ¦ The term 'Get-Foo' is not recognized as the name of a cmdlet
            Get-Queue -Foo 1                   ¦ 11 ¦ NamedParameterNotFound        ¦ A parameter cannot be found that matches parameter name 'Foo'.
            Get-MessageTrackingLog -S x        ¦ 24 ¦ AmbiguousParameter            ¦ Parameter cannot be processed because the parameter name 'S' is ambiguous. Possible matches include: -Start -Source -Sender -Server.
            Get-Queue a b                      ¦ 13 ¦ PositionalParameterNotFound   ¦ A positional parameter cannot be found that accepts argument 'b'.
            Get-Queue -ResultSize              ¦ 11 ¦ MissingArgument               ¦ Missing an argument for parameter 'ResultSize'.
            Retry-Queue x -Resubmit            ¦ 15 ¦ MissingArgument               ¦ Missing an argument for parameter 'Resubmit'. Specify a parameter of type 'System.Boolean'
            Get-Queue a -Identity b -Identity c ¦ 25 ¦ ParameterAlreadyBound        ¦ Cannot bind parameter because parameter 'Identity' is specified more than once.
            Get-Queue -Identity a -Filter b    ¦ 1  ¦ AmbiguousParameterSet         ¦ Parameter set cannot be resolved
            Get-Queue -ResultSize many         ¦ 23 ¦ ParameterArgumentTransformationError ¦ Cannot process argument transformation on parameter 'ResultSize'. Cannot convert value "many"
            Get-Queue -ResultSize 0            ¦ 23 ¦ ParameterArgumentTransformationError ¦ Cannot process argument transformation on parameter 'ResultSize'.
            1 | Select -First x                ¦ 19 ¦ CannotConvertArgumentNoMessage ¦ Cannot bind parameter 'First'. Cannot convert value "x" to type "System.Int32".
            Get-Queue -Include Fast            ¦ 20 ¦ ParameterArgumentTransformationError ¦ Cannot process argument transformation on parameter 'Include'. Cannot convert value "Fast" to type "QueueViewerIncludesAndExcludes". Error: "Unable to match the identifier name Fast to a valid enumerator name. Specify one of the following enumerator names and try again: Internal, External, Empty, DeliveryAgent
            Set-SendConnector Internet -ProtocolLoggingLevel Much ¦ 50 ¦ ParameterArgumentTransformationError ¦ Cannot process argument transformation on parameter 'ProtocolLoggingLevel'. Cannot convert value "Much" to type "Microsoft.Exchange.Data.ProtocolLoggingLevel". Error: "Unable to match the identifier name Much to a valid enumerator name. Specify one of the following enumerator names and try again: None, Verbose"
            Set-ReceiveConnector x -PermissionGroups "AnonymousUsers, Everybody" ¦ 42 ¦ ParameterArgumentTransformationError ¦ Cannot process argument transformation on parameter 'PermissionGroups'. Cannot convert value "Everybody"
            New-SendConnector x -Usage I -AddressSpaces a.com ¦ 28 ¦ ParameterArgumentTransformationError ¦ Cannot process argument transformation on parameter 'Usage'. Cannot convert value "I" to type "UsageType". Error: "The identifier name I cannot be processed because it is either too similar or identical to the following enumerator names: Internal, Internet. Use a more specific identifier name."
            Get-MailboxMessage                 ¦ 1  ¦ MissingMandatoryParameter     ¦ Cannot process command because of one or more missing mandatory parameters: Mailbox.
            Get-MailboxMessage $null           ¦ 20 ¦ ParameterArgumentValidationErrorNullNotAllowed ¦ Cannot bind argument to parameter 'Mailbox' because it is null.
            Retry-Queue                        ¦ 1  ¦ MissingMandatoryParameter     ¦ Cannot process command because of one or more missing mandatory parameters: Identity.
            Retry-Queue x -Resubmit yes        ¦ 25 ¦ ParameterArgumentTransformationError ¦ Cannot process argument transformation on parameter 'Resubmit'.
            Step-LabClock 48                   ¦ 15 ¦ CannotConvertArgumentNoMessage ¦ Cannot bind parameter 'By'. Cannot convert value "48" to type "System.TimeSpan".
            Set-LabClock -Rate fast            ¦ 1  ¦ InvalidCastFromStringToType   ¦ Cannot convert value "fast" to type "System.Double". Error: "A rate is 0 (frozen) to 1000000
            Set-LabClock                       ¦ 1  ¦ MissingMandatoryParameter     ¦ Cannot process command because of one or more missing mandatory parameters: Frozen or Rate
            Step-LabClock -By '-00:01'         ¦ 1  ¦ ClockGoesForward              ¦ The lab's clock goes forward only
            Get-Queue -ErrorAction Bogus       ¦ 24 ¦ CannotConvertArgumentNoMessage ¦ Cannot bind parameter 'ErrorAction'. Cannot convert value "Bogus" to type "System.Management.Automation.ActionPreference". Error: "Unable to match the identifier name Bogus to a valid enumerator name. Specify one of the following enumerator names and try again: Continue, SilentlyContinue, Ignore, Stop
            Get-MessageTrackingLog -Start soon ¦ 31 ¦ ParameterArgumentTransformationError ¦ Cannot process argument transformation on parameter 'Start'. Cannot convert value "soon" to type "System.DateTime".
            Get-Queue -Server EX02             ¦ 1  ¦ ManagementObjectNotFound,Get-Queue ¦ The operation couldn't be performed because object 'EX02' couldn't be found on 'MAIL'.
            5 | Get-LabClock                   ¦ 5  ¦ InputObjectNotBound           ¦ The input object cannot be bound to any parameters
            Get-Queue | Where Status -eq       ¦ 13 ¦ ValueNotSpecifiedForWhereObject ¦ The comparison needs one property, one operator and one value
            Get-Queue | Where Status -eq a -and 1 ¦ 32 ¦ NamedParameterNotFound     ¦ A parameter cannot be found that matches parameter name 'and'.
            Retry-Queue x -Confirm             ¦ 1  ¦ ConfirmationNotPossible       ¦ Nobody can be asked for confirmation here. To go on without, use -Confirm:$false.
            Get-Queue | Select -ExpandProperty Nope ¦ 13 ¦ ExpandPropertyNotFound   ¦ Property "Nope" cannot be found.
            """)
    void what_does_not_fit_a_cmdlet_is_an_error_at_its_word(String script, int column, String errorId, String message) {
        Bench.Said said = bench.run(script);
        assertEquals(1, said.code(), said.err());
        String unprefixed = said.err().replaceFirst("^[A-Z][A-Za-z-]+ : ", "");
        assertTrue(unprefixed.startsWith(message), said.err());
        assertTrue(said.err().contains("\nAt line:1 char:" + column + "\n+ " + script + "\n"), said.err());
        assertTrue(said.err().contains("FullyQualifiedErrorId : " + errorId), said.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            Get-ExchangeServer | Get-Queue                                   ¦ /api/v1/queues
            Get-TransportService | Get-Queue -Filter "MessageCount -gt 0"    ¦ /api/v1/queues?filter=MessageCount%20-gt%200
            Get-TransportService | Get-Message                               ¦ /api/v1/messages
            Get-FrontendTransportService | Get-MessageTrackingLog -EventId FAIL ¦ /api/v1/tracking?eventId=FAIL
            Get-Queue -Server (Get-ExchangeServer)                           ¦ /api/v1/queues
            Get-ExchangeServer | Get-TransportService                        ¦ /api/v1/transport-service
            Get-QueueDigest -Server (Get-TransportService)                   ¦ /api/v1/queue-digest
            Get-ExchangeServer | Get-QueueDigest                             ¦ /api/v1/queue-digest
            Get-Queue -Identity (Get-Queue)[0]                               ¦ /api/v1/queues/MAIL%5C4
            Get-Queue | Select-Object -First 1 | Get-Queue                   ¦ /api/v1/queues/MAIL%5C4
            "MAIL\\4" | Get-Queue                                             ¦ /api/v1/queues/MAIL%5C4
            """)
    void a_server_or_a_queue_goes_where_exchange_takes_it(String script, String path) {
        serverAndQueues("MAIL");
        Bench.Said said = bench.run(script);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertEquals("GET " + path, bench.server.requests().getLast());
    }

    @Test
    void a_server_is_not_taken_for_a_queue_and_another_one_is_refused() {
        serverAndQueues("EX02");
        Bench.Said other = bench.run("Get-ExchangeServer | Get-Queue");
        assertTrue(other.err().contains("object 'EX02' couldn't be found on 'MAIL'."), other.err());
        assertEquals(List.of("GET /api/v1/server"), bench.server.requests());
        serverAndQueues("MAIL");
        Bench.Said all = bench.run("Get-ExchangeServer | Suspend-Queue -Confirm:$false");
        assertTrue(all.err().contains("The input object cannot be bound"), all.err());
        Bench.Said queue = bench.run("Get-Queue | Get-QueueDigest");
        assertTrue(queue.err().contains("The input object cannot be bound"), queue.err());
    }

    private void serverAndQueues(String name) {
        String server = "{\"Name\":\"" + name + "\",\"Fqdn\":\"x\",\"Identity\":\"" + name + "\"}";
        bench.withTwoQueues();
        bench.server.json("GET /api/v1/server", 200, server);
        bench.server.json("GET /api/v1/transport-service", 200, server);
        for (String listing : List.of(
                "messages",
                "tracking?eventId=FAIL",
                "queue-digest",
                "queues?filter=MessageCount%20-gt%200",
                "queues/MAIL%5C4")) {
            bench.server.json("GET /api/v1/" + listing, 200, "{\"items\":[],\"more\":false}");
        }
    }

    @Test
    void the_whole_error_is_laid_out_as_power_shells() {
        assertEquals("""
                Get-Queue : A parameter cannot be found that matches parameter name 'Foo'.
                At line:2 char:11
                + Get-Queue -Foo 1 | fl
                +           ~~~~
                    + CategoryInfo          : InvalidArgument: (:) [Get-Queue], ParameterBindingException
                    + FullyQualifiedErrorId : NamedParameterNotFound,Get-Queue
                """, bench.run("\nGet-Queue -Foo 1 | fl\n").err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            Get-Queue -Fil "Status -eq 'Retry'"         ¦ GET /api/v1/queues?filter=Status%20-eq%20%27Retry%27
            get-queue -filter { Status -eq "Retry" }    ¦ GET /api/v1/queues?filter=Status%20-eq%20%22Retry%22
            Get-Queue -ResultSize unlimited             ¦ GET /api/v1/queues?resultSize=Unlimited
            Get-Queue MAIL\\4                           ¦ GET /api/v1/queues/MAIL%5C4
            Get-Queue 0012                              ¦ GET /api/v1/queues/0012
            Get-Queue $null                             ¦ GET /api/v1/queues
            Get-Queue *                                 ¦ GET /api/v1/queues
            Get-Queue -Include internal,External -Exclude empty ¦ GET /api/v1/queues?include=Internal%2CExternal&exclude=Empty
            Get-Queue -SortOrder +MessageCount -BookmarkIndex 3 ¦ GET /api/v1/queues?sortOrder=%2BMessageCount&bookmarkIndex=3
            Get-Message -BookmarkObject 'MAIL\\4\\7' -IncludeBookmark $false -SearchForward $false ¦ GET /api/v1/messages?bookmark=MAIL%5C4%5C7&includeBookmark=false&searchForward=false
            Get-Message -IncludeComponentLatencyInfo    ¦ GET /api/v1/messages?includeComponentLatencyInfo=true
            Get-Message MAIL\\4\\7 -IncludeComponentLatencyInfo ¦ GET /api/v1/messages/MAIL%5C4%5C7?includeComponentLatencyInfo=true
            Suspend-Queue gmail.com                     ¦ POST /api/v1/queues/gmail.com/suspend {}
            Resume-Queue MAIL\\4 -Confirm:$false        ¦ POST /api/v1/queues/MAIL%5C4/resume {}
            Suspend-Queue -Filter { MessageCount -gt 9 } -Server MAIL ¦ POST /api/v1/queues/suspend {"filter":"MessageCount -gt 9"}
            Retry-Queue -Filter "Status -eq 'Retry'"    ¦ POST /api/v1/queues/retry {"filter":"Status -eq 'Retry'"}
            Retry-Queue -Filter "Status -eq 'Retry'" -Resubmit $true ¦ POST /api/v1/queues/retry {"resubmit":true,"filter":"Status -eq 'Retry'"}
            Suspend-Message MAIL\\4\\7                  ¦ POST /api/v1/messages/MAIL%5C4%5C7/suspend {}
            Resume-Message -Identity 7                  ¦ POST /api/v1/messages/7/resume {}
            Remove-Message MAIL\\4\\7 -Confirm:$false   ¦ POST /api/v1/messages/MAIL%5C4%5C7/remove {"withNdr":true}
            Remove-Message MAIL\\4\\7 -WithNDR $false -Confirm:$false ¦ POST /api/v1/messages/MAIL%5C4%5C7/remove {"withNdr":false}
            Remove-Message -Filter "FromAddress -eq 'a@b.example'" -WithNDR:$false -Confirm:$false ¦ POST /api/v1/messages/remove {"withNdr":false,"filter":"FromAddress -eq 'a@b.example'"}
            Redirect-Message -Server MAIL -Target mail2.company.com ¦ POST /api/v1/messages/redirect {"target":"mail2.company.com"}
            Export-Message MAIL\\4\\7                   ¦ GET /api/v1/messages/MAIL%5C4%5C7/export
            Get-Queue -Server $env:COMPUTERNAME         ¦ GET /api/v1/queues
            Get-Message -Queue MAIL\\4 -IncludeRecipientInfo:$true ¦ GET /api/v1/messages?queue=MAIL%5C4&includeRecipientInfo=true
            Get-Message -Queue MAIL\\4 -IncludeR:$false ¦ GET /api/v1/messages?queue=MAIL%5C4
            'MAIL\\4' | Get-Message                     ¦ GET /api/v1/messages?queue=MAIL%5C4
            Get-MailboxMessage a@company.com            ¦ GET /api/v1/mailboxes/a%40company.com/messages
            Get-LabMail -Recipient u@gmail.com -ResultSize 3 ¦ GET /lab/v1/mail?recipient=u%40gmail.com&limit=3
            Get-MessageTrackingLog -Start '1/2/2026 3:04 AM' -EventId SEND ¦ GET /api/v1/tracking?start=2026-01-02T03%3A04%3A00Z&eventId=SEND
            Get-MessageTrackingLog -Recipients a@x.com,b@x.com -MessageSubject 'hi there' ¦ GET /api/v1/tracking?recipients=a%40x.com%2Cb%40x.com&messageSubject=hi%20there
            Step-LabClock 2.00:00:00                    ¦ POST /lab/v1/clock/advance {"by":"PT48H"}
            Step-LabClock 48:00:00                      ¦ POST /lab/v1/clock/advance {"by":"PT48H"}
            Step-LabClock (New-TimeSpan -Hours 48)      ¦ POST /lab/v1/clock/advance {"by":"PT48H"}
            Step-LabClock -To '1/2/2026'                ¦ POST /lab/v1/clock/advance {"to":"2026-01-02T00:00:00Z"}
            Step-LabClock 1.00:00 -Until 'queue gmail.com' ¦ POST /lab/v1/clock/advance {"by":"PT24H","until":"queue gmail.com"}
            Step-LabClock -Until 'mail a@b.example'     ¦ POST /lab/v1/clock/advance {"by":"PT48H","until":"mail a@b.example"}
            Wait-LabClock 'queue a.example messageCount=0' ¦ POST /lab/v1/clock/wait {"until":"queue a.example messageCount=0"}
            Wait-LabClock 'mail *' 00:10 -RealLimit 00:00:05 ¦ POST /lab/v1/clock/wait {"until":"mail *","limit":"PT10M","realLimit":"PT5S"}
            Set-LabClock -Frozen                        ¦ POST /lab/v1/clock/freeze
            Set-LabClock -Rate 60                       ¦ POST /lab/v1/clock/run {"rate":60.0}
            Set-LabClock -Frozen:$false                 ¦ POST /lab/v1/clock/run {"rate":1.0}
            Retry-Queue MAIL\\4 -Confirm:$false         ¦ POST /api/v1/queues/MAIL%5C4/retry {}
            Retry-Queue -Identity Unreachable -Resubmit $true ¦ POST /api/v1/queues/Unreachable/retry {"resubmit":true}
            Add-LabFault dns servfail -Name gmail.com -First 3 ¦ POST /lab/v1/faults {"where":"dns","what":"servfail","name":"gmail.com","first":3}
            Add-LabFault smtp close stage=rcpt 'text=a b'      ¦ POST /lab/v1/faults {"where":"smtp","what":"close","stage":"rcpt","text":"a b"}
            Add-LabFault 'dns servfail first=3'         ¦ POST /lab/v1/faults {"line":"dns servfail first=3"}
            Add-LabPreset dns-firewall                  ¦ POST /lab/v1/presets/dns-firewall {}
            Remove-LabFault 7                           ¦ DELETE /lab/v1/faults/7
            Reset-Lab                                   ¦ POST /lab/v1/reset {}
            """)
    void parameters_become_the_request_that_they_mean(String script, String request) {
        bench.run(script);
        assertEquals(request, bench.server.requests().getFirst());
    }

    @Test
    void what_if_says_what_it_would_do_and_does_nothing() {
        Bench.Said said = bench.run("Get-Queue | Retry-Queue -WhatIf; Step-LabClock 00:01 -wi");
        assertEquals("""
                What if: Retrying queue "MAIL\\4".
                What if: Retrying queue "MAIL\\Submission".
                What if: Performing the operation "Step-LabClock" on target "lab clock".
                """, said.out());
        assertEquals(List.of("GET /api/v1/queues"), bench.server.requests());
    }

    @Test
    void queues_go_down_the_pipeline_by_their_identity() {
        bench.server.json("POST /api/v1/queues/MAIL%5C4/retry", 200, "{\"outcome\":\"done\",\"messages\":0}");
        Bench.Said said = bench.run("Get-Queue | Where-Object {$_.Status -eq \"Retry\"} | Retry-Queue");
        assertEquals("", said.out() + said.err());
        assertEquals(List.of("GET /api/v1/queues", "POST /api/v1/queues/MAIL%5C4/retry {}"), bench.server.requests());
    }

    @Test
    void one_refusal_in_a_pipeline_does_not_stop_the_others() {
        bench.server.json("POST /api/v1/queues/MAIL%5C4/retry", 409, """
                {"type":"urn:tarry:queue-state","title":"Conflict","detail":"The queue is suspended."}""");
        bench.server.json("POST /api/v1/queues/MAIL%5CSubmission/retry", 200, "{\"outcome\":\"done\",\"messages\":0}");
        Bench.Said said = bench.run("Get-Queue | Retry-Queue");
        assertEquals(3, bench.server.requests().size());
        assertTrue(said.err().startsWith("Retry-Queue : The queue is suspended.\nAt line:1 char:13\n"), said.err());
        assertTrue(said.err().contains("InvalidOperation: (:) [Retry-Queue], ServerException"), said.err());
        assertTrue(said.err().contains("FullyQualifiedErrorId : queue-state,Retry-Queue"), said.err());
        assertEquals(1, said.code());
    }

    @Test
    void an_identity_that_does_not_exist_gives_everything_and_a_warning() {
        Bench.Said said = bench.run("(Get-Queue MAIL\\99).Count");
        assertEquals("2\n", said.out());
        assertTrue(said.err().startsWith("WARNING: No queue has the identity 'MAIL\\99'."), said.err());
        assertEquals(0, said.code());
    }

    @Test
    void an_identity_and_kinds_go_together() {
        bench.server.json("GET /api/v1/queues/Submission", 200, Bench.TWO_QUEUES);
        assertEquals(
                "MAIL\\4\n",
                bench.run("Get-Queue Submission -Exclude Empty | % Identity").out());
        assertEquals(
                "MAIL\\Submission\n",
                bench.run("Get-Queue Submission -Include internal | % Identity").out());
    }

    @Test
    void more_than_were_asked_for_is_said() {
        bench.server.json(
                "GET /api/v1/queues?resultSize=2", 200, Bench.TWO_QUEUES.replaceFirst("\\{", "{\"more\":true,"));
        Bench.Said said = bench.run("Get-Queue -ResultSize 2 | % Identity");
        assertEquals("MAIL\\4\nMAIL\\Submission\n", said.out());
        assertTrue(said.err().startsWith("WARNING: There are more objects than are returned."), said.err());
    }
}
