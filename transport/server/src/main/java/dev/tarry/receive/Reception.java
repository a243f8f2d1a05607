package dev.tarry.receive;

import dev.tarry.eventlog.EventSink;
import dev.tarry.login.LoginDesk;
import dev.tarry.queue.Submission;
import dev.tarry.time.Secrets;
import dev.tarry.time.World;
import java.time.InstantSource;
import java.util.Optional;

/// What all sessions of one connector share. Everything in it may be used from any thread.
///
/// @param connector  its settings
/// @param directory  whose recipients are ours
/// @param submission where accepted mail goes
/// @param labTime    for dates: banner, Received, Date
/// @param wireTime   for spans: how long a message took, time-outs
/// @param secrets    for message and session ids
/// @param meter      counts
/// @param log        writes down what was said
/// @param tls        gives what STARTTLS begins with; absent: it is not offered
/// @param events     what an administrator should hear of
/// @param admission  whether mail may come in at the moment
/// @param logins     where clients log in
public record Reception(
        ReceiveConnector connector,
        RecipientDirectory directory,
        Submission submission,
        InstantSource labTime,
        InstantSource wireTime,
        Secrets secrets,
        ReceiveMeter meter,
        ProtocolLog log,
        Optional<TlsSource> tls,
        EventSink events,
        Admission admission,
        LoginDesk logins) {
    /// Without meter, log, TLS, events and users, open to all.
    public static Reception of(
            World world, ReceiveConnector connector, RecipientDirectory directory, Submission submission) {
        return new Reception(
                connector,
                directory,
                submission,
                world.labTime(),
                world.wireTime(),
                world.secrets(),
                ReceiveMeter.NONE,
                ProtocolLog.OFF,
                Optional.empty(),
                EventSink.NONE,
                Admission.OPEN,
                new LoginDesk(world.loops().readers(), world.labTime(), world.secrets()));
    }

    public Reception withConnector(ReceiveConnector newConnector) {
        return beside(newConnector, meter, log, tls, events, admission, logins);
    }

    public Reception withMeter(ReceiveMeter newMeter) {
        return beside(connector, newMeter, log, tls, events, admission, logins);
    }

    public Reception withLog(ProtocolLog newLog) {
        return beside(connector, meter, newLog, tls, events, admission, logins);
    }

    public Reception withTls(Optional<TlsSource> newTls) {
        return beside(connector, meter, log, newTls, events, admission, logins);
    }

    public Reception withEvents(EventSink newEvents) {
        return beside(connector, meter, log, tls, newEvents, admission, logins);
    }

    public Reception withAdmission(Admission newAdmission) {
        return beside(connector, meter, log, tls, events, newAdmission, logins);
    }

    public Reception withLogins(LoginDesk newLogins) {
        return beside(connector, meter, log, tls, events, admission, newLogins);
    }

    /// Another of the same world, with the same recipients and the same way in.
    private Reception beside(
            ReceiveConnector otherConnector,
            ReceiveMeter otherMeter,
            ProtocolLog otherLog,
            Optional<TlsSource> otherTls,
            EventSink otherEvents,
            Admission otherAdmission,
            LoginDesk otherLogins) {
        return new Reception(
                otherConnector,
                directory,
                submission,
                labTime,
                wireTime,
                secrets,
                otherMeter,
                otherLog,
                otherTls,
                otherEvents,
                otherAdmission,
                otherLogins);
    }
}
