package dev.tarry.shell;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.exchange.ExchangeCmdlets;
import dev.tarry.shell.own.ClockCmdlets;
import dev.tarry.shell.own.DnsCmdlets;
import dev.tarry.shell.own.HostCmdlets;
import dev.tarry.shell.own.LabCmdlets;
import dev.tarry.shell.own.MailCmdlets;
import dev.tarry.shell.own.TranscriptCmdlets;
import dev.tarry.shell.utility.CredentialCmdlets;
import dev.tarry.shell.utility.OrderCmdlets;
import dev.tarry.shell.utility.OutputCmdlets;
import dev.tarry.shell.utility.SelectionCmdlets;
import dev.tarry.shell.utility.TimeCmdlets;
import dev.tarry.shell.windows.EventLogCmdlets;
import dev.tarry.shell.windows.FirewallCmdlets;
import dev.tarry.shell.windows.WindowsServiceCmdlets;
import java.util.ArrayList;
import java.util.List;

/// The table of all cmdlets of this shell. A new group of cmdlets is a line here.
public final class StandardCmdlets {
    private StandardCmdlets() {}

    public static CmdletTable table() {
        List<Cmdlet> cmdlets = new ArrayList<>();
        cmdlets.addAll(ExchangeCmdlets.all());
        cmdlets.addAll(WindowsServiceCmdlets.all());
        cmdlets.addAll(FirewallCmdlets.all());
        cmdlets.addAll(EventLogCmdlets.all());
        cmdlets.addAll(DnsCmdlets.all());
        cmdlets.addAll(HostCmdlets.all());
        cmdlets.addAll(MailCmdlets.all());
        cmdlets.addAll(TranscriptCmdlets.all());
        cmdlets.addAll(ClockCmdlets.all());
        cmdlets.addAll(LabCmdlets.all());
        cmdlets.addAll(CredentialCmdlets.all());
        cmdlets.addAll(SelectionCmdlets.all());
        cmdlets.addAll(OrderCmdlets.all());
        cmdlets.addAll(OutputCmdlets.all());
        cmdlets.addAll(TimeCmdlets.all());
        return new CmdletTable(cmdlets);
    }
}
