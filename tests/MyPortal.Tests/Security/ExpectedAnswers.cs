using System.Text.RegularExpressions;

namespace MyPortal.Tests.Security;

/// <summary>Who asks.</summary>
public enum Visitor
{
    SignedOut,
    OwnerAtLevel1,
    OwnerAtLevel2,
    OwnerAtLevel3,
    OtherCitizen,
}

/// <summary>
/// What every route answers to whom. A status alone, or 303 with the place; unsafe requests carry the token of the visitor's own
/// page. What a page names (a notice, a session, a card transaction) belongs to the owner; a run of askings also to one session,
/// which is none of the visitors'.
/// </summary>
internal static partial class ExpectedAnswers
{
    private const string Table = """
        verb route                                            signed out    owner at 1          owner at 2          owner at 3          other citizen

        GET  /                                                200           200                 200                 200                 200
        GET  /.well-known/security.txt                        404           404                 404                 404                 404
        GET  /help                                            200           200                 200                 200                 200
        GET  /login                                           200           200                 200                 200                 200
        GET  /enrol                                           200           200                 200                 200                 200
        GET  /login/card/{Id:guid}                            200           200                 200                 200                 200
        GET  /enrol/card/{Id:guid}                            200           200                 200                 200                 200
        GET  /step-up/card/{Id:guid}                          200                200                200                200                200
        GET  /sign/card/{Id:guid}                             200                200                200                200                200
        GET  /step-up                                         303>/login         200                200                200                200
        GET  /login/problem/{Code}                            200           200                 200                 200                 200
        GET  /inbox                                           303>/login    403                 200                 200                 200
        GET  /inbox/{Id:guid}                                 303>/login    403                 200                 200                 404
        GET  /proxy                                           303>/login         403                200                200                200
        GET  /proxy/new                                       303>/login         303>/step-up       303>/step-up       200                200
        GET  /proxy/{Id:guid}                                 303>/login         403                200                200                404
        GET  /proxy/{Id:guid}/end                             303>/login         403                200                200                404
        GET  /proxy/invitations                               303>/login         403                200                200                200
        GET  /proxy/invitations/{Id:guid}                     303>/login         403                404                404                404
        GET  /p/{Folder:guid}/inbox                           303>/login         403                404                404                404
        GET  /p/{Folder:guid}/inbox/{Id:guid}                 303>/login         403                404                404                404
        GET  /account                                         303>/login    403                 200                 200                 200
        GET  /account/name                                    303>/login    403                 200                 200                 200
        GET  /account/devices                                 303>/login    403                 200                 200                 200
        GET  /account/loss-code                               303>/login    403                 200                 200                 200
        GET  /consents                                             303>/login  403  200  200  200
        GET  /consents/problem                                     200  200  200  200  200
        GET  /consents/stop-all                                    303>/login  403  200  200  200
        GET  /consents/{Id:guid}                                   303>/login  403  200  200  404
        GET  /consents/{Id:guid}/receipt                           303>/login  403  200  200  404
        GET  /consents/{Id:guid}/withdraw                          303>/login  403  200  200  404
        GET  /consents/requests/{Id:guid}                          303>/login  403  200  200  404
        GET  /consents/requests/{Id:guid}/done                     303>/login  403  200  200  404
        GET  /senders                                              303>/login  403  200  200  200
        GET  /senders/{Id:guid}                                    303>/login  403  200  200  404
        GET  /enrol/name                                      303>/login    403                 200                 200                 200
        GET  /enrol/loss-code                                 303>/login    403                 200                 200                 200
        GET  /self-info                                       303>/login    403                 200                 200                 200
        GET  /access-log                                      303>/login    403                 200                 200                 200
        GET  /access-log/portal                               303>/login    403                 200                 200                 200

        GET  /self-info/results/{Id:guid}                     303>/login    403                 404                 404                 404
        GET  /access-log/{Id:guid}                            303>/login    403                 404                 404                 404
        POST /self-info/start                                 303>/login    403                 303>/self-info?problem=self-info.nothing-chosen  303>/self-info?problem=self-info.nothing-chosen  303>/self-info?problem=self-info.nothing-chosen
        POST /self-info/results/{id:guid}/{number:int}/retry  303>/login    403                 404                 404                 404
        POST /self-info/results/{id:guid}/erase               303>/login    403                 303>/self-info?done=erased  303>/self-info?done=erased  303>/self-info?done=erased
        POST /access-log/ask                                  303>/login    403                 303>/access-log/*   303>/access-log/*   303>/access-log/*

        POST /login/card/start                                303>/login/card/*  303>/login/card/*  303>/login/card/*  303>/login/card/*  303>/login/card/*
        POST /enrol/card/start                                303>/enrol/card/*  303>/enrol/card/*  303>/enrol/card/*  303>/enrol/card/*  303>/enrol/card/*
        POST /step-up/card/start                              303>/login         303>/step-up/card/* 303>/step-up/card/* 303>/step-up/card/* 303>/step-up/card/*
        POST /logout                                          303>/?done=logout  303>/?done=logout  303>/?done=logout  303>/?done=logout  303>/?done=logout
        POST /enrol/loss-code/kept                            303>/login    403                 303>/               303>/               303>/
        POST /proxy/{id:guid}/sign                            303>/login         403                303>/proxy/*       303>/proxy/*       303>/proxy/*
        POST /proxy/{id:guid}/stop                            303>/login         403                303>/proxy?done=stopped 303>/proxy?done=stopped 303>/proxy?done=gone
        POST /proxy/invitations/{id:guid}/sign                303>/login         403                303>/proxy/invitations/* 303>/proxy/invitations/* 303>/proxy/invitations/*
        POST /proxy/invitations/{id:guid}/refuse              303>/login         403                303>/proxy?done=gone 303>/proxy?done=gone 303>/proxy?done=gone
        POST /account/devices/end-others                      303>/login    403                 303>/account/devices?done=others 303>/account/devices?done=others 303>/account/devices?done=others
        POST /inbox/{id:guid}/done                            303>/login    403                 303>/inbox/*        303>/inbox/*        303>/inbox/*
        POST /inbox/{id:guid}/undone                          303>/login    403                 303>/inbox/*        303>/inbox/*        303>/inbox/*
        POST /account/devices/{id:guid}/end                   303>/login    403                 303>/account/devices?done=ended  303>/account/devices?done=ended  303>/account/devices?done=gone

        GET  /consents/start                                       303>/consents/problem  303>/consents/problem  303>/consents/problem  303>/consents/problem  303>/consents/problem
        GET  /consents/continue                                    303>/login  403  303>/consents/problem  303>/consents/problem  303>/consents/problem
        GET  /consents/requests/{id:guid}/return                   303>/login  403  303>http://midori.localhost*  303>http://midori.localhost*  303>/consents/problem
        GET  /consents/{id:guid}/receipt/file                      303>/login  403  200  200  303>/consents/problem
        POST /consents/requests/{id:guid}/decide                   303>/login  403  303>/consents/requests/*  303>/consents/requests/*  303>/consents/problem
        POST /consents/{id:guid}/end                               303>/login  403  303>/consents/*  303>/consents/*  303>/consents/problem
        POST /consents/end-all                                     303>/login  403  303>/consents?tab=over&done=stopped  303>/consents?tab=over&done=stopped  303>/consents?tab=over&done=stopped
        POST /senders/{id:guid}/save                               303>/login  403  303>/senders  303>/senders  303>/senders

        GET  /card/complete                                   303>/login/problem/card.transaction-over  303>/login/problem/card.transaction-over  303>/login/problem/card.transaction-over  303>/login/problem/card.transaction-over  303>/login/problem/card.transaction-over
        GET  /card/t/{ticket:regex(\A[A-Za-z0-9_-]{{43}}\z)}  404           404                 404                 404                 404
        POST /card/t/{ticket:regex(\A[A-Za-z0-9_-]{{43}}\z)}/response  415  415                 415                 415                 415

        POST /api/v1/token                                    400           400                 400                 400                 400
        POST /api/v1/consent-requests                              401  401  401  401  401
        POST /api/v1/consent-results                               401  401  401  401  401
        POST /api/v1/consent-acknowledgements                      401  401  401  401  401
        GET  /api/v1/receipt-certificate                           200  200  200  200  200
        POST /api/v1/notices                                  401           401                 401                 401                 401
        GET  /api/v1/notices/{id:guid}                        401           401                 401                 401                 401

        GET  /api/v1/message-keys                             200           200                 200                 200                 200

        GET  /language                                        303>/help     303>/help           303>/help           303>/help           303>/help
        ANY  /health/live                                     200           200                 200                 200                 200
        ANY  /health/ready                                    200           200                 200                 200                 200
        GET  /_framework/opaque-redirect                      400           400                 400                 400                 400
        GET  {**path:file}                                    404           404                 404                 404                 404
        HEAD {**path:file}                                    404           404                 404                 404                 404

        POST /consents                                             303>/login  403  400  400  400
        POST /consents/stop-all                                    303>/login  403  400  400  400
        POST /consents/{Id:guid}                                   303>/login  403  400  400  404
        POST /consents/{Id:guid}/receipt                           303>/login  403  400  400  404
        POST /consents/{Id:guid}/withdraw                          303>/login  403  400  400  404
        POST /consents/requests/{Id:guid}                          303>/login  403  400  400  404
        POST /consents/requests/{Id:guid}/done                     303>/login  403  400  400  404
        POST /senders                                              303>/login  403  400  400  400
        POST /senders/{Id:guid}                                    303>/login  403  400  400  404
        POST /consents/problem                                     400  400  400  400  400
        POST /                                                400           400                 400                 400                 400
        POST /help                                            400           400                 400                 400                 400
        POST /login                                           400           400                 400                 400                 400
        POST /enrol                                           400           400                 400                 400                 400
        POST /login/card/{Id:guid}                            400           400                 400                 400                 400
        POST /enrol/card/{Id:guid}                            400           400                 400                 400                 400
        POST /step-up/card/{Id:guid}                          400                400                400                400                400
        POST /sign/card/{Id:guid}                             400                400                400                400                400
        POST /step-up                                         303>/login         400                400                400                400
        POST /login/problem/{Code}                            400           400                 400                 400                 400
        POST /inbox                                           303>/login    403                 400                 400                 400
        POST /inbox/{Id:guid}                                 303>/login    403                 400                 400                 400
        POST /proxy                                           303>/login         403                400                400                400
        POST /proxy/new                                       303>/login         303>/step-up       303>/step-up       400                400
        POST /proxy/{Id:guid}                                 303>/login         403                400                400                404
        POST /proxy/{Id:guid}/end                             303>/login         403                400                400                404
        POST /proxy/invitations                               303>/login         403                400                400                400
        POST /proxy/invitations/{Id:guid}                     303>/login         403                404                404                404
        POST /p/{Folder:guid}/inbox                           303>/login         403                404                404                404
        POST /p/{Folder:guid}/inbox/{Id:guid}                 303>/login         403                400                400                400
        POST /account                                         303>/login    403                 400                 400                 400
        POST /self-info                                       303>/login    403                 400                 400                 400
        POST /self-info/results/{Id:guid}                     303>/login    403                 400                 400                 400
        POST /access-log                                      303>/login    403                 400                 400                 400
        POST /access-log/{Id:guid}                            303>/login    403                 400                 400                 400
        POST /access-log/portal                               303>/login    403                 400                 400                 400
        POST /account/name                                    303>/login    403                 400                 400                 400
        POST /account/devices                                 303>/login    403                 400                 400                 400
        POST /account/loss-code                               303>/login    403                 400                 400                 400
        POST /enrol/name                                      303>/login    403                 400                 400                 400
        POST /enrol/loss-code                                 303>/login    403                 400                 400                 400

        GET  /admin/appointment                               303>/login         303>/step-up       303>/step-up       200                200
        POST /admin/appointment                               303>/login         303>/step-up       303>/step-up       400                400
        GET  /admin                                           303>/login         403                403                403                403
        POST /admin                                           303>/login         403                403                403                403
        GET  /admin/operators                                 303>/login         403                403                403                403
        POST /admin/operators                                 303>/login         403                403                403                403
        GET  /admin/operators/new                             303>/login         403                403                403                403
        POST /admin/operators/new                             303>/login         403                403                403                403
        GET  /admin/operators/{Id:guid}/end                   303>/login         403                403                403                403
        POST /admin/operators/{Id:guid}/end                   303>/login         403                403                403                403
        GET  /admin/appointments/{Id:guid}                    303>/login         403                403                403                403
        POST /admin/appointments/{Id:guid}                    303>/login         403                403                403                403
        GET  /admin/audit                                     303>/login         403                403                403                403
        POST /admin/audit                                     303>/login         403                403                403                403
        GET  /admin/senders                                   303>/login         403                403                403                403
        POST /admin/senders                                   303>/login         403                403                403                403
        GET  /admin/senders/new                               303>/login         403                403                403                403
        POST /admin/senders/new                               303>/login         403                403                403                403
        GET  /admin/senders/{Id:guid}                         303>/login         403                403                403                403
        POST /admin/senders/{Id:guid}                         303>/login         403                403                403                403
        GET  /admin/senders/{Id:guid}/edit                    303>/login         403                403                403                403
        POST /admin/senders/{Id:guid}/edit                    303>/login         403                403                403                403
        GET  /admin/senders/{Id:guid}/suspend                 303>/login         403                403                403                403
        POST /admin/senders/{Id:guid}/suspend                 303>/login         403                403                403                403
        GET  /admin/senders/{Id:guid}/resume                  303>/login         403                403                403                403
        POST /admin/senders/{Id:guid}/resume                  303>/login         403                403                403                403
        GET  /admin/senders/{Id:guid}/keys                    303>/login         403                403                403                403
        POST /admin/senders/{Id:guid}/keys                    303>/login         403                403                403                403
        GET  /admin/approvals                                 303>/login         403                403                403                403
        POST /admin/approvals                                 303>/login         403                403                403                403
        GET  /admin/approvals/{Id:guid}                       303>/login         403                403                403                403
        POST /admin/approvals/{Id:guid}                       303>/login         403                403                403                403
        GET  /admin/delivery                                  303>/login         403                403                403                403
        POST /admin/delivery                                  303>/login         403                403                403                403
        POST /admin/audit/check                               303>/login         403                403                403                403
        POST /admin/senders/{id:guid}/submit                  303>/login         403                403                403                403
        POST /admin/senders/{id:guid}/keys/{key:guid}/revoke  303>/login         403                403                403                403
        """;

    /// <summary>By <c>verb route</c>, one answer per <see cref="Visitor"/>.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = Table.Split('\n').Skip(1)
        .Where(line => line.Trim().Length > 0)
        .Select(line => Spaces().Split(line.Trim()))
        .ToDictionary(cells => $"{cells[0]} {cells[1]}", cells => cells[2..], StringComparer.Ordinal);

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
