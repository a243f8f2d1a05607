package dev.tarry.app;

import dev.tarry.shell.ShellCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// `tarry shell`: hands its words to the management shell as they are.
@Command(
        name = ShellEntry.NAME,
        customSynopsis = "tarry shell [-c 'SCRIPT'] [FILE] [--server URL]",
        description = "The management shell, with Exchange's cmdlets.")
final class ShellEntry implements Callable<Integer>, Manual.Documented {
    static final String NAME = "shell";

    @Unmatched
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        return run(words.toArray(String[]::new));
    }

    static int run(String[] words) {
        return ShellCommand.main(words, System.in, System.out, System.err);
    }

    @Override
    public Manual manual() {
        return new Manual(
                List.of(
                        "Speaks the part of PowerShell that administrators use, with Exchange's cmdlets for queues, messages,"
                                + " tracking and mailboxes, and tarry's own for the lab (Add-LabFault, Step-LabClock, ...).",
                        "Without SCRIPT and FILE there is a prompt on a terminal; else the script is read from standard"
                                + " input. It asks no questions unless it has a terminal: what would ask fails, unless it is"
                                + " told -Confirm:$false. '... | ConvertTo-Json' is the output that programs read."),
                Manual.entries(
                        "-c SCRIPT",
                        "Run this script and exit.",
                        "FILE",
                        "Run the script in this file and exit; '-' is standard input.",
                        "--server URL",
                        "The server's admin API; http://127.0.0.1:8025 if not given.",
                        "--token-file FILE",
                        "A file whose first line is the server's token, where it wants one; above TARRY_TOKEN.",
                        "-h, --help",
                        "Show this page."),
                List.of(),
                Manual.entries(
                        "COLUMNS",
                        "How wide tables may be; 120 columns if not set.",
                        "TARRY_TOKEN",
                        "The server's token, where it wants one."),
                Manual.entries(
                        "0",
                        "All went well.",
                        "1",
                        "A statement failed; its error is on standard error, as PowerShell words it.",
                        "2",
                        "Bad usage, or a script that cannot be read."),
                List.of(
                        Example.of("The queues", "tarry shell -c Get-Queue", "Identity", "Submission"),
                        Example.of(
                                "The DNS servers do not answer for one domain",
                                "tarry shell -c 'Add-LabFault -Where dns -What noanswer -Name example.net; Get-LabFault'",
                                "noanswer"),
                        Example.of(
                                "Two days pass, with every retry on the way",
                                "tarry shell -c 'Step-LabClock 2.00:00:00'",
                                "Alarms"),
                        Example.of("A script in a file", "tarry shell night.ps1", "Good weather"),
                        Example.of(
                                "What a program reads",
                                "tarry shell -c 'Get-Queue | Select-Object Identity, Status | ConvertTo-Json'",
                                "\"Identity\":",
                                "\"Status\":"),
                        Example.failing(
                                1,
                                "A statement that fails",
                                "tarry shell -c 'Get-Queue -Filter {Colour -eq 1}'",
                                "Colour")));
    }
}
