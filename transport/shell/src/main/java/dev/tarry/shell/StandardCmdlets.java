package dev.tarry.shell;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.exchange.ExchangeCmdlets;
import dev.tarry.shell.own.ClockCmdlets;
import dev.tarry.shell.own.DnsCmdlets;
import dev.tarry.shell.own.HostCmdlets;
import dev.tarry.shell.own.JournalCmdlets;
import dev.tarry.shell.own.LabCmdlets;
import dev.tarry.shell.own.LabHostCmdlets;
import dev.tarry.shell.own.MailCmdlets;
import dev.tarry.shell.own.TranscriptCmdlets;
import dev.tarry.shell.own.WaitCmdlets;
import dev.tarry.shell.own.ZoneCmdlets;
import dev.tarry.shell.utility.AliasCmdlets;
import dev.tarry.shell.utility.ChanceCmdlets;
import dev.tarry.shell.utility.ConsoleCmdlets;
import dev.tarry.shell.utility.CsvCmdlets;
import dev.tarry.shell.utility.FileCmdlets;
import dev.tarry.shell.utility.FormatCmdlets;
import dev.tarry.shell.utility.HelpCmdlets;
import dev.tarry.shell.utility.HistoryCmdlets;
import dev.tarry.shell.utility.HtmlCmdlets;
import dev.tarry.shell.utility.JsonCmdlets;
import dev.tarry.shell.utility.MeasureCmdlets;
import dev.tarry.shell.utility.MemberCmdlets;
import dev.tarry.shell.utility.ObjectCmdlets;
import dev.tarry.shell.utility.OrderCmdlets;
import dev.tarry.shell.utility.OutCmdlets;
import dev.tarry.shell.utility.SelectionCmdlets;
import dev.tarry.shell.utility.TextCmdlets;
import dev.tarry.shell.utility.TimeCmdlets;
import dev.tarry.shell.utility.VariableCmdlets;
import dev.tarry.shell.utility.WriteCmdlets;
import dev.tarry.shell.windows.AdapterCmdlets;
import dev.tarry.shell.windows.DnsServerCmdlets;
import dev.tarry.shell.windows.EventLogCmdlets;
import dev.tarry.shell.windows.FirewallCmdlets;
import dev.tarry.shell.windows.MailMessageCmdlets;
import dev.tarry.shell.windows.NameCmdlets;
import dev.tarry.shell.windows.NativeCmdlets;
import dev.tarry.shell.windows.ReachCmdlets;
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
        cmdlets.addAll(NameCmdlets.all());
        cmdlets.addAll(ReachCmdlets.all());
        cmdlets.addAll(AdapterCmdlets.all());
        cmdlets.addAll(DnsServerCmdlets.all());
        cmdlets.addAll(NativeCmdlets.all());
        cmdlets.addAll(MailMessageCmdlets.all());
        cmdlets.addAll(EventLogCmdlets.all());
        cmdlets.addAll(DnsCmdlets.all());
        cmdlets.addAll(HostCmdlets.all());
        cmdlets.addAll(MailCmdlets.all());
        cmdlets.addAll(TranscriptCmdlets.all());
        cmdlets.addAll(ClockCmdlets.all());
        cmdlets.addAll(LabCmdlets.all());
        cmdlets.addAll(WaitCmdlets.all());
        cmdlets.addAll(ZoneCmdlets.all());
        cmdlets.addAll(LabHostCmdlets.all());
        cmdlets.addAll(JournalCmdlets.all());
        cmdlets.addAll(SelectionCmdlets.all());
        cmdlets.addAll(OrderCmdlets.all());
        cmdlets.addAll(MeasureCmdlets.all());
        cmdlets.addAll(FormatCmdlets.all());
        cmdlets.addAll(OutCmdlets.all());
        cmdlets.addAll(WriteCmdlets.all());
        cmdlets.addAll(JsonCmdlets.all());
        cmdlets.addAll(CsvCmdlets.all());
        cmdlets.addAll(HtmlCmdlets.all());
        cmdlets.addAll(FileCmdlets.all());
        cmdlets.addAll(TextCmdlets.all());
        cmdlets.addAll(TimeCmdlets.all());
        cmdlets.addAll(ChanceCmdlets.all());
        cmdlets.addAll(ObjectCmdlets.all());
        cmdlets.addAll(VariableCmdlets.all());
        cmdlets.addAll(MemberCmdlets.all());
        cmdlets.addAll(HelpCmdlets.all());
        cmdlets.addAll(AliasCmdlets.all());
        cmdlets.addAll(HistoryCmdlets.all());
        cmdlets.addAll(ConsoleCmdlets.all());
        return new CmdletTable(cmdlets);
    }
}
