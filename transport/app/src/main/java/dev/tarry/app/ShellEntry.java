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
        customSynopsis = {
            "tarry shell [-c 'SCRIPT'] [FILE] [--server URL] [--token-file FILE] [--width COLUMNS]",
            "tarry shell --objects [--server URL] [--token-file FILE]",
            "tarry shell --write-module FOLDER"
        },
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
                                + " told -Confirm:$false. '... | ConvertTo-Json' is the output that programs read.",
                        "At the prompt the tab key completes cmdlets, parameters, their values, variables, properties behind"
                                + " a pipe, and names that the server has; Ctrl-R searches what was typed before; what is"
                                + " unfinished goes on on the next line; Ctrl-C ends what runs, Ctrl-D or 'exit' the shell. Lines"
                                + " are kept in ~/.config/tarry/shell-history, but none with a password or token in it.",
                        "For people who have PowerShell, --write-module writes the module Tarry with the same cmdlets; it"
                                + " runs 'tarry shell --objects' behind them."),
                Manual.entries(
                        "-c SCRIPT",
                        "Run this script and exit.",
                        "FILE",
                        "Run the script in this file and exit; '-' is standard input.",
                        "--server URL",
                        "The server's admin API; http://127.0.0.1:8025 if not given.",
                        "--token-file FILE",
                        "A file whose first line is the server's token, where it wants one; above TARRY_TOKEN.",
                        "--width COLUMNS",
                        "How wide tables and lists may be; else as wide as the window.",
                        "--objects",
                        "Answer requests for cmdlets on standard input with objects: a line of JSON each.",
                        "--write-module FOLDER",
                        "Write the PowerShell module there, and exit.",
                        "-h, --help",
                        "Show this page."),
                List.of(),
                Manual.entries(
                        "COLUMNS",
                        "How wide tables may be where there is no window; 120 columns if not set.",
                        "NO_COLOR",
                        "No colours at the prompt.",
                        "TARRY_HISTORY",
                        "The file that keeps what was typed at the prompt; if set to nothing, nothing is kept.",
                        "TARRY_SERVER",
                        "The server's admin API, where --server names none.",
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
