package dev.tarry.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.TarryClient;
import dev.tarry.shell.print.ShellIo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Other names of commands, and the lines that were typed.
final class AliasesAndHistoryTest {
    private Bench bench;
    private TarryClient client;
    private TypedSession typed;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        bench = new Bench();
        client = new TarryClient(bench.server.uri());
        PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        ShellIo io = new ShellIo(
                InputStream.nullInputStream(),
                out,
                out,
                ShellIo.DEFAULT_WIDTH_COLUMNS,
                ZoneOffset.UTC,
                Map.of("COMPUTERNAME", "MAIL"),
                () -> false);
        typed = new TypedSession(io, client, StandardCmdlets.table(), Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        client.close();
        bench.close();
    }

    private String type(String line) {
        screen.reset();
        typed.run(line);
        return screen.toString(StandardCharsets.UTF_8).replace("\r\n", "\n").strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '~', textBlock = """
            Set-Alias say Write-Output; say hello                      ¦ hello
            Set-Alias -Name say -Value Write-Output; SAY hello         ¦ hello
            sal a b; sal b Write-Output; a hello                       ¦ hello
            function f { "f $args" }; nal g f; g 1                     ¦ f 1
            Set-Alias Get-Date Write-Output; Get-Date x                ¦ x
            Set-Alias x Write-Output; Set-Alias x Write-Error; (Get-Alias x).Definition ¦ Write-Error
            Set-Alias x Write-Output; (Get-Command x).Name             ¦ x -> Write-Output
            Set-Alias x Write-Output; (gal -Definition Write-Output | % Name) -join ',' ¦ echo -> Write-Output,write -> Write-Output,x -> Write-Output
            (Set-Alias x Write-Output -PassThru).Definition            ¦ Write-Output
            Set-Alias x Write-Output -WhatIf; (gal x -ea 0).Count      ¦ What if: Performing the operation "Set-Alias" on target "Name: x Value: Write-Output".,0
            New-Alias x Write-Host; New-Alias x Write-Output -Force; x 1 ¦ 1
            Set-Alias x Write-Output; Remove-Item alias:x; (gal x -ea 0).Count ¦ 0
            Remove-Item alias:\\echo; (gal -Definition Write-Output).Name  ¦ write -> Write-Output
            function curl { 'mine' }; Set-Alias curl Write-Output; del Alias:curl; curl ¦ mine
            ri alias:gal; sal gal Write-Output; gal 1                  ¦ 1
            Remove-Item alias:echo -WhatIf; echo 1                     ¦ What if: Performing the operation "Remove Item" on target "Item: echo".,1
            Set-Alias x1 a; Set-Alias x2 b; Remove-Item alias:x*; (gal x* -ea 0).Count ¦ 0
            (Test-Path alias:echo), (Test-Path Alias:\\nosuch), (Test-Path alias:ech*) ¦ True,False,True
            $v = 1; (Test-Path variable:v), (Test-Path variable:\\nosuch), (Test-Path variable:global:v) ¦ True,False,True
            if (Test-Path alias:echo) { Remove-Item alias:echo }; Test-Path alias:echo ¦ False
            'a' | % { Set-Alias y Write-Output }; y 2                  ¦ 2
            """)
    void an_alias_is_another_name_of_a_command(String script, String expected) {
        Bench.Said said = bench.run(script);
        assertEquals("", said.err(), script);
        assertEquals(expected, said.text().replace("\n", ","), script);
    }

    @Test
    void an_alias_of_nothing_or_of_itself_is_no_command() {
        assertTrue(bench.run("Set-Alias a Get-Nothing; a").err().contains("The term 'Get-Nothing' is not recognized"));
        assertTrue(bench.run("Set-Alias a b; Set-Alias b a; a").err().contains("The term 'a' is not recognized"));
        assertTrue(bench.run("New-Alias % Write-Host").err().contains("an alias with the name '%' already exists"));
        assertTrue(bench.run("Set-Alias 'a b' Write-Host").err().contains("cannot be the name of a command"));
        assertTrue(bench.run("Set-Alias a Write-Host -Scope Global").err().contains("Scope"));
        assertTrue(bench.run("Remove-Item alias:nosuch").err().contains("Cannot find path 'alias:\\nosuch'"));
        assertTrue(bench.run("Remove-Item alias:echo; echo 1").err().contains("The term 'echo' is not recognized"));
        assertTrue(bench.run("Test-Path env:PATH").err().contains("Test-Path of the drive env:"));
        assertTrue(bench.run("dir env:").err().contains("The drive env: is outside the part of PowerShell"));
        assertTrue(bench.run("Get-Item alias:echo").err().contains("Get-Alias lists aliases"));
        assertTrue(bench.run("dir HKLM:\\x").err().contains("A drive with the name 'HKLM' does not exist"));
        assertTrue(bench.run("Remove-Alias echo").err().contains("Remove-Item alias:NAME"));
    }

    @Test
    void lines_that_were_typed_are_listed_and_run_again() {
        type("'one'");
        type("'two'");
        assertEquals("Id CommandLine\n  -- -----------\n   1 'one'\n   2 'two'", type("Get-History"));
        assertEquals("'two'\ntwo", type("r \"'tw\""));
        assertEquals("'one'\none", type("Invoke-History 1"));
        assertEquals("'one'\none", type("r"), "what was called back last, and not the call");
        assertEquals("'one'\none", type("r"));
        assertEquals("'one'|'two'", type("(h -Id 1, 2 | % CommandLine) -join '|'"));
    }

    @Test
    void what_is_not_there_cannot_be_called_back() {
        assertTrue(type("r").contains("Cannot locate the most recent history."));
        assertTrue(type("Get-History 77").contains("Cannot locate history for Id 77."));
        assertTrue(type("r 77").contains("Cannot locate history for Id 77."));
        assertTrue(type("r nothing").contains("Cannot locate history for command line nothing."));
        assertEquals("", bench.run("'x'; Get-History").err());
    }

    @Test
    void secrets_are_not_kept_and_what_is_kept_can_be_dropped() {
        type("'one'");
        type("$null = ConvertTo-SecureString 'hunter2' -AsPlainText -Force");
        assertFalse(type("h | fl").contains("hunter2"));
        type("Clear-History -Id 1");
        assertFalse(type("h | fl").contains("'one'"));
        type("clhy");
        assertEquals("clhy", type("(h).CommandLine"));
    }
}
