package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventLogCmdletsTest {
    private static final String LOG = "GET /api/v1/event-log?resultSize=Unlimited";

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench();
        String events =
                "{\"items\":[" + event(3, "10:00:00", 2000, "Warning", "SmtpSend", "A DNS failure occurred") + ","
                        + event(2, "09:30:00", 15006, "Error", "ResourceManager", "There is no space") + ","
                        + event(1, "09:00:00", 7001, "Information", "ProcessManager", "The service has started") + "]}";
        bench.server.json(LOG, 200, events);
        bench.server.json("GET /lab/v1/clock", 200, """
                {"now":"2026-01-02T10:15:00.000Z","mode":"frozen","rate":1.0,"nextAlarm":null,"advance":null}""");
        bench.server.json("GET /api/v1/server", 200, "{\"Name\":\"MAIL\",\"Fqdn\":\"mail.company.com\"}");
    }

    private static String event(int number, String time, int id, String level, String category, String message) {
        return "{\"RecordId\":" + number + ",\"TimeCreated\":\"2026-01-02T" + time + "Z\",\"Id\":" + id
                + ",\"Level\":\"" + level + "\",\"Source\":\"MSExchangeTransport\",\"Category\":\"" + category
                + "\",\"Message\":\"" + message + "\",\"Suppressed\":0,\"Details\":{\"domain\":\"gmail.com\"}}";
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void events_are_shown_as_windows_shows_them() {
        assertEquals("""
                ProviderName: MSExchangeTransport

                TimeCreated                     Id LevelDisplayName Message
                -----------                     -- ---------------- -------
                1/2/2026 10:00:00 AM          2000 Warning          A DNS failure occurred
                1/2/2026 9:30:00 AM          15006 Error            There is no space""", bench.run("Get-WinEvent Application -MaxEvents 2").text());
        assertEquals("""
                Index Time         EntryType Source              InstanceID Message
                ----- ----         --------- ------              ---------- -------
                3     Jan 02 10:00 Warning   MSExchangeTransport 2000       A DNS failure occurred""", bench.run("Get-EventLog Application -Newest 1").text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            Get-WinEvent -LogName Application ¦ 3 2 1
            Get-WinEvent -FilterHashtable @{LogName='Application'; Level=2,3} ¦ 3 2
            Get-WinEvent -FilterHashtable @{ProviderName='MSExchangeTransport'; Id=7001,2000; Level=4} ¦ 1
            Get-WinEvent -FilterHashtable @{LogName='Application'; Domain='gmail.com'; Level=2} ¦ 2
            Get-WinEvent -FilterHashtable @{LogName='Application'; Data='gmail.com'; Keywords=36028797018963968} ¦ 3 2 1
            Get-WinEvent -FilterHashtable @{LogName='Application'; SuppressHashFilter=@{Id=15006}} ¦ 3 1
            Get-WinEvent -LogName Application -FilterXPath '*[System[(Level=2 or EventID=7001)]]' ¦ 2 1
            Get-WinEvent -LogName Application -FilterXPath "*[System[(Level=2 or (EventID=7001)) and(Computer!='count(//..)')]]" ¦ 2 1
            Get-WinEvent -LogName Application -FilterXPath "*[System[Provider[@Name='MSExchangeTransport'] and EventRecordID > 1]]" ¦ 3 2
            Get-WinEvent -LogName Application -FilterXPath '*[System[TimeCreated[timediff(@SystemTime) <= 3600000]]]' ¦ 3 2
            Get-WinEvent -LogName Application -FilterXPath "*[System[TimeCreated[@SystemTime<'2026-01-02T09:30:00.000Z']]]" ¦ 1
            Get-WinEvent -LogName Application -FilterXPath "*[EventData[Data[@Name='domain']='gmail.com'] and System[band(Keywords,36028797018963968)]]" ¦ 3 2 1
            Get-WinEvent -FilterXml '<QueryList><Query Id="0" Path="Application"><Select Path="Application">*[System[(Level=2 or Level=3)]]</Select><Suppress>*[System[EventID=2000]]</Suppress></Query></QueryList>' ¦ 2
            Get-EventLog -LogName Application -EntryType Error,Information ¦ 2 1
            Get-EventLog Application 2000,15006 ¦ 3 2
            Get-EventLog Application -Source MSExchange* -Message '*DNS*' ¦ 3
            Get-EventLog Application -Index 2 ¦ 2""")
    void those_that_are_asked_for_are_found(String command, String numbers) {
        String number = command.startsWith("Get-WinEvent") ? "RecordId" : "Index";
        Bench.Said said = bench.run("(" + command + " | % " + number + ") -join ' '");
        assertEquals(numbers, said.text(), said.err());
    }

    @Test
    void logs_and_providers_are_listed() {
        assertEquals("""
                LogName     RecordCount
                -------     -----------
                Application           3""", bench.run("Get-WinEvent -ListLog *").text());
        assertEquals(
                "MSExchangeTransport",
                bench.run("(Get-WinEvent -ListProvider MSExchange*).Name").text());
    }

    @Test
    void the_oldest_come_first_from_the_server() {
        bench.server.json(
                LOG + "&oldestFirst=true",
                200,
                "{\"items\":[" + event(1, "09:00:00", 7001, "Information", "ProcessManager", "The service has started")
                        + "," + event(2, "09:30:00", 15006, "Error", "ResourceManager", "There is no space") + "]}");
        assertEquals(
                "1",
                bench.run("(Get-WinEvent Application -Oldest -MaxEvents 1).RecordId")
                        .text());
    }

    @Test
    void moments_are_asked_of_the_server() {
        bench.server.json(
                "GET /api/v1/event-log?start=2026-01-02T09%3A00%3A00.000000001Z&end=2026-01-02T10%3A00%3A00Z&resultSize=Unlimited",
                200,
                "{\"items\":[" + event(2, "09:30:00", 15006, "Error", "ResourceManager", "There is no space") + "]}");
        Bench.Said said =
                bench.run("(Get-EventLog Application -After '1/2/2026 9:00 AM' -Before '1/2/2026 10:00 AM').Index");
        assertEquals("2", said.text(), said.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            Get-WinEvent -LogName System ¦ There is not an event log on the localhost computer that matches "System".
            Get-WinEvent -ProviderName Ntfs ¦ There is not an event provider on the localhost computer that matches "Ntfs".
            Get-WinEvent -FilterHashtable @{LogName='Application'; Level=1} ¦ No events were found that match the specified selection criteria.
            Get-WinEvent -FilterHashtable @{LogName='Application'; Data='x'} ¦ No events were found that match the specified selection criteria.
            Get-WinEvent -FilterHashtable @{LogName='Application'; Lvl=2} ¦ The key 'Lvl' of -FilterHashtable is not supported here
            Get-WinEvent -FilterHashtable 7 ¦ Cannot convert value "7" to type "System.Collections.Hashtable"
            Get-WinEvent -LogName Application -FilterXPath '*[System[' ¦ The specified query is invalid
            Get-WinEvent -LogName Application -FilterXPath '*[count(//*[count(//*)>0])>0]' ¦ does not know count(
            Get-WinEvent -LogName Application -FilterXPath '*[System[../*]]' ¦ does not know ..,
            Get-WinEvent -LogName Application -FilterXPath '*[System[java:exit (1)]]' ¦ does not know java:exit (
            Get-WinEvent -LogName Application -FilterXPath "*[System[TimeCreated[@SystemTime>='gestern']]]" ¦ is no moment such as 2026-01-02T03:04:05.000Z
            Get-WinEvent -FilterXml '<QueryList><Query><Select Path="System">*</Select></Query></QueryList>' ¦ There is not an event log on the localhost computer that matches "System".
            Get-WinEvent -FilterXml '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><QueryList/>' ¦ The specified query is invalid
            Get-WinEvent Application -MaxEvents 0 ¦ The 0 argument is less than the minimum allowed range of 1.
            Get-WinEvent -ListLog System ¦ There is not an event log on the localhost computer that matches "System".
            Get-WinEvent ¦ Name the log, Get-WinEvent -LogName Application
            Get-EventLog System ¦ The event log 'System' on computer '.' does not exist.
            Get-EventLog Application -Source Ntfs ¦ No matches found
            Get-EventLog ¦ one or more missing mandatory parameters: LogName.""")
    void what_is_not_there_is_told_as_windows_tells_it(String command, String says) {
        Bench.Said said = bench.run(command);
        assertEquals(1, said.code());
        assertTrue(said.err().contains(says), said.err());
    }
}
